// How far a line of code is indented, for its wrapped part. Pure.

/** The wrapped part of a line that is indented further begins here: it needs room too. */
export const MOST_INDENT = 40;
const TAB = 4;

/** Columns before the text of a line, and two more, so that the wrapped part is not taken for another line. */
export function indentOf(line: string): number {
  let columns = 0;
  for (const sign of line) {
    if (sign === ' ') columns += 1;
    else if (sign === '\t') columns += TAB - (columns % TAB);
    else break;
  }
  return Math.min(columns + 2, MOST_INDENT);
}
