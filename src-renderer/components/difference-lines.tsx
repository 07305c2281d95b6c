// List of the lines of two versions: unchanged, removed and added ones. Long unchanged parts are folded. Must not know
// how the versions were compared.

import { CodeText, hanging } from './script-lines.tsx';
import type { ScriptPiece } from './script-lines.tsx';
import './difference-lines.css';

export interface ComparedLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly pieces: readonly ScriptPiece[] | null;
}

export interface DifferenceLinesProps {
  readonly label: string;
  readonly lines: readonly ComparedLine[];
  readonly words: {
    readonly added: string;
    readonly removed: string;
    /** Stands for this number of unchanged lines. */
    readonly folded: (lines: number) => string;
  };
}

const SIGNS = { same: '', added: '+', removed: '−' } as const;
/** Number of unchanged lines that are shown around a change. */
const AROUND = 3;

export function DifferenceLines({ label, lines, words }: DifferenceLinesProps) {
  return (
    <ol className="difference-lines code" aria-label={label} tabIndex={0}>
      {foldedLines(lines).map((line) =>
        line.kind === 'fold' ? (
          <li key={`fold-${line.first}`} className="difference-lines__fold small">
            {words.folded(line.count)}
          </li>
        ) : (
          <li key={`${line.before}-${line.after}`} className={`difference-lines__line--${line.kind}`}>
            <span className="difference-lines__number">{line.before}</span>
            <span className="difference-lines__number">{line.after}</span>
            <span className="difference-lines__sign" aria-hidden="true">
              {SIGNS[line.kind]}
            </span>
            <span className="difference-lines__text" style={hanging(line.text)}>
              {line.kind !== 'same' && <span className="unseen">{words[line.kind]} </span>}
              <CodeText text={line.text} pieces={line.pieces} />
            </span>
          </li>
        ),
      )}
    </ol>
  );
}

type Folded = ComparedLine | { readonly kind: 'fold'; readonly first: number; readonly count: number };

function foldedLines(lines: readonly ComparedLine[]): readonly Folded[] {
  const isNear = lines.map((_, index) =>
    lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== 'same'),
  );
  const folded: Folded[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    if (isNear[index]) folded.push(lines[index]!);
    else {
      const next = isNear.indexOf(true, index);
      const end = next < 0 ? lines.length : next;
      folded.push({ kind: 'fold', first: index, count: end - index });
      index = end - 1;
    }
  }
  return folded;
}
