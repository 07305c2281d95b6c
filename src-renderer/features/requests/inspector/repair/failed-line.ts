// The line of a script that failed, as a problem of the code. Pure.

import type { SourceProblem } from '../../../../../src-shared/function-detail.ts';
import type { RequestDetail } from '../../../../../src-shared/request-record.ts';
import { problemInLine } from '../../../../workbench/problem-in-line.ts';

export function failedLine({ error }: RequestDetail, source: string): SourceProblem | null {
  if (error === null || error.line === null) return null;
  const { line, type, text, cause } = error;
  const said = cause === undefined ? `${type}: ${text}` : `${cause} (${type}: ${text})`;
  return problemInLine(source, line, said);
}
