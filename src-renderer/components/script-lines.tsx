// Script with numbered lines, one of which can be marked as the line that failed. Its content is shown as text.

import { indentOf } from './indent.ts';
import './script-lines.css';

/** A piece of a line with its look: `code-look--keyword`. */
export interface ScriptPiece {
  readonly text: string;
  readonly look: string;
}

export interface ScriptLinesProps {
  readonly label: string;
  readonly text: string;
  /** Number of the marked line, from 1; null: no line is marked. */
  readonly marked: number | null;
  /** Why it is marked. */
  readonly note: string | null;
  /** The lines in colours; null while they are not loaded. */
  readonly pieces?: readonly (readonly ScriptPiece[])[] | null;
}

export function ScriptLines({ label, text, marked, note, pieces = null }: ScriptLinesProps) {
  return (
    <ol className="script-lines code" aria-label={label} tabIndex={0}>
      {text.split(/\r\n|\r|\n/).map((line, index) => (
        <li key={`${index}-${line}`} className={index + 1 === marked ? 'script-lines__marked' : ''}>
          <span className="script-lines__text" style={hanging(line)}>
            <CodeText text={line} pieces={pieces?.[index] ?? null} />
          </span>
          {index + 1 === marked && note !== null && <span className="script-lines__note">▲ {note}</span>}
        </li>
      ))}
    </ol>
  );
}

/** The wrapped part of a line goes on below its text. React sets styles through the CSSOM, which the policy allows. */
export function hanging(line: string): { readonly paddingLeft: string; readonly textIndent: string } {
  const columns = indentOf(line);
  return { paddingLeft: `${columns}ch`, textIndent: `-${columns}ch` };
}

/** One line of code, in colours when they are loaded. */
export function CodeText({ text, pieces }: { readonly text: string; readonly pieces: readonly ScriptPiece[] | null }) {
  if (text === '') return '\u00A0';
  if (pieces === null) return text;
  return pieces.map((piece, index) => (
    <span key={`${index}-${piece.text}`} className={piece.look === '' ? undefined : `code-look--${piece.look}`}>
      {piece.text}
    </span>
  ));
}
