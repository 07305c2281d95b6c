// The line of a script that failed, as a problem of the code. Pure.

import type { SourceProblem } from '../../../../../src-shared/function-detail.ts';
import type { RequestDetail } from '../../../../../src-shared/request-record.ts';

export function failedLine({ error }: RequestDetail, source: string): SourceProblem | null {
  if (error === null || error.line === null) return null;
  const { line, type, text, cause } = error;
  const written = source.split('\n')[line - 1] ?? '';
  const column = written.length - written.trimStart().length + 1;
  const said = cause === undefined ? `${type}: ${text}` : `${cause} (${type}: ${text})`;
  return { severity: 'error', text: said, line, column, endLine: line, endColumn: written.length + 1 };
}
