// Difference of two texts, line by line. Pure.

import { diffArrays } from 'diff';

export interface DifferenceLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  /** Its line number in each of the texts, from 1; null in a text without it. */
  readonly before: number | null;
  readonly after: number | null;
}

/** All lines of both, in order. A removed line comes before the one that replaces it. */
export function differenceOf(before: string, after: string): readonly DifferenceLine[] {
  const lines: DifferenceLine[] = [];
  let [left, right] = [0, 0];
  for (const { value, added, removed } of diffArrays(linesIn(before), linesIn(after))) {
    for (const text of value) {
      if (!added) left += 1;
      if (!removed) right += 1;
      lines.push({
        kind: added ? 'added' : removed ? 'removed' : 'same',
        text,
        before: added ? null : left,
        after: removed ? null : right,
      });
    }
  }
  return lines;
}

/** The line break at the end of a text does not start another line. */
function linesIn(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
