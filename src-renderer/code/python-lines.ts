// Lines of Python with the look of each word, for reading without an editor. The colours are the editor's. Pure.

import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';
import { parser } from '@lezer/python';

/** A piece of a line; `look` names its class: `code-look--keyword`. */
export interface Piece {
  readonly text: string;
  readonly look: string;
}

/** The look of each kind of word. The editor uses it too. */
export const LOOKS = [
  { tag: [tags.keyword, tags.operatorKeyword, tags.self, tags.bool, tags.null, tags.modifier], look: 'keyword' },
  { tag: [tags.string, tags.special(tags.string), tags.escape], look: 'text' },
  { tag: tags.number, look: 'number' },
  {
    tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className), tags.meta],
    look: 'name',
  },
  { tag: tags.function(tags.variableName), look: 'name' },
  { tag: [tags.comment, tags.lineComment], look: 'comment' },
] as const;

const highlighter = tagHighlighter(LOOKS.map(({ tag, look }) => ({ tag, class: look })));

/** One list of pieces for each line; together they are the text. */
export function linesOf(text: string): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]];
  const plain = text.replace(/\r\n?/g, '\n');
  highlightCode(
    plain,
    parser.parse(plain),
    highlighter,
    (piece, look) => lines.at(-1)!.push({ text: piece, look }),
    () => lines.push([]),
  );
  return lines;
}
