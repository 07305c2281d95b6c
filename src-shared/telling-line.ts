// Finds the line of a script by which an analyst knows it again. Pure.

const IMPORT = /^(?:import|from)\s+\S/;
const CALL = /tabpy\.query\s*\(/;
const RETURN = /^return\b/;
/** In a script of few lines the result tells most; in a longer one it is a variable, such as `return result`. */
const MOST_SHORT = 3;
/** A title, not a line of dashes, a coding or a switched-off line of code. */
const TITLE = /^#+\s*([A-Za-z][^=()[\]{}]*[A-Za-z0-9.!?])\s*$/;

/**
 * The author's own title (a comment at the beginning), the call of a deployed function, the result, or the first line
 * that is not an import. The first line for a script of one line.
 */
export function tellingLine(script: string): string {
  const lines = script
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const [first = ''] = lines;
  const title = TITLE.exec(first)?.[1];
  if (title !== undefined) return title;
  const code = lines.filter((line) => !line.startsWith('#') && !IMPORT.test(line));
  const isShort = code.length <= MOST_SHORT;
  return (
    code.find((line) => CALL.test(line)) ??
    (isShort ? code.findLast((line) => RETURN.test(line)) : code[0]) ??
    code[0] ??
    first
  );
}
