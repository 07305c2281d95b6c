// A failed line as a problem of the code: all of it but its indent. Pure.

import type { SourceProblem } from '../../src-shared/function-detail.ts';

/** @param line from 1 */
export function problemInLine(source: string, line: number, text: string): SourceProblem {
  const written = source.split('\n')[line - 1] ?? '';
  const column = written.length - written.trimStart().length + 1;
  return { severity: 'error', text, line, column, endLine: line, endColumn: written.length + 1 };
}
