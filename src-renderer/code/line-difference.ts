// What two texts have in common and what not, line by line, as people read it. Pure.

import { diffArrays } from 'diff';

export interface DifferenceLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  /** Its number in each of the texts, from 1; null where it is not. */
  readonly before: number | null;
  readonly after: number | null;
}

/** All lines of both, in order; what was removed comes before what took its place. */
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

/** The end of the last line is no line of its own. */
function linesIn(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
