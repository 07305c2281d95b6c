// Suggestions for making a function from a script: names for it and its arguments, and the data for a test. Pure.

import type { RequestDetail } from '../../../../src-shared/request-record.ts';
import { bodyData, cellText, orderedArguments } from '../../../store/inspection.ts';
import { writtenData } from '../../../store/test-data.ts';
import type { TestData } from '../../../store/test-data.ts';

export interface Argument {
  /** `_arg1`. */
  readonly argument: string;
  /** Its first value, by which the user knows it. */
  readonly sample: string;
}

export interface Promotion {
  readonly arguments: readonly Argument[];
  readonly data: TestData;
}

const SUGGESTED = ['x', 'y', 'z'];
const KEYWORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

/** Null: the request's data is not kept. */
export function promotionOf(detail: RequestDetail): Promotion | null {
  const value = bodyData(detail.request);
  const data = writtenData(value);
  if (data === null || typeof value !== 'object' || value === null) return null;
  const args = orderedArguments(value);
  return {
    arguments: args.map(([argument, one]) => ({ argument, sample: cellText(Array.isArray(one) ? one[0] : one) })),
    data,
  };
}

/** First names for arguments, which the user can change. */
export function suggestedNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => SUGGESTED[index] ?? `value${index + 1}`);
}

/** A name that is not taken: `calculation`, `calculation2` … */
export function suggestedFunction(taken: readonly string[]): string {
  let name = 'calculation';
  for (let number = 2; taken.includes(name); number += 1) name = `calculation${number}`;
  return name;
}

/** Whether Python accepts it as the name of a function or parameter. */
export function isPythonName(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !KEYWORDS.has(name);
}
