// Breaks text into lines at its spaces, for terminals and documents. Pure.

/** A piece that is not broken: a word, or code in backticks. */
const PIECE = /(?:`[^`]*`|\S)+/g;

/**
 * Lines of at most `columns` characters; a longer piece gets a line of its own. Line breaks in the text are dropped.
 */
export function wrappedText(text: string, columns: number): string {
  const lines: string[] = [];
  for (const [piece] of text.matchAll(PIECE)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + piece.length <= columns) lines[lines.length - 1] = `${last} ${piece}`;
    else lines.push(piece);
  }
  return lines.join('\n');
}
