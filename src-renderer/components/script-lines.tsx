// A script with numbered lines, one of which may be marked as the one that failed. What it holds is text.

import './script-lines.css';

export interface ScriptLinesProps {
  readonly label: string;
  readonly text: string;
  /** From 1; null marks none. */
  readonly marked: number | null;
  /** Why it is marked. */
  readonly note: string | null;
}

export function ScriptLines({ label, text, marked, note }: ScriptLinesProps) {
  return (
    <ol className="script-lines code" aria-label={label} tabIndex={0}>
      {text.split(/\r\n|\r|\n/).map((line, index) => (
        <li key={`${index}-${line}`} className={index + 1 === marked ? 'script-lines__marked' : ''}>
          <span className="script-lines__text">{line === '' ? '\u00A0' : line}</span>
          {index + 1 === marked && note !== null && <span className="script-lines__note">▲ {note}</span>}
        </li>
      ))}
    </ol>
  );
}
