// Editor of a piece of Python with its problems below: colours, completion, and the line that a run failed in. Import it
// lazily: it brings the editor, which is larger than the rest of the page. Must not know what the Python is for.

import { useState } from 'react';
import type { SourceProblem } from '../../src-shared/function-detail.ts';
import { CodeEditor } from '../code/code-editor.tsx';
import { useProgram } from '../store/use-page.ts';
import { ProblemLine } from './problem-line.tsx';
import type { Checked } from './use-source-check.ts';
import { SOURCE_WORDS as words } from './words.ts';
import './source-editor.css';

export interface SourceEditorProps {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly checked: Pick<Checked, 'problems' | 'isBehind' | 'failure'>;
  /** The problem of the latest run, as `useFailedLine` finds it. */
  readonly failed: SourceProblem | null;
  readonly onFormat: () => void;
  /** A line to show: another object shows it again. */
  readonly shown: { readonly line: number } | null;
  /** Lines that stand before the text where names are looked up, such as those of a script's arguments. */
  readonly completionHead?: string;
}

export function SourceEditor({
  label,
  text,
  onChange,
  checked,
  failed,
  onFormat,
  shown,
  completionHead = '',
}: SourceEditorProps) {
  const { calls } = useProgram();
  const [asked, setAsked] = useState<{ readonly line: number } | null>(null);
  const problems = failed === null ? checked.problems : [...checked.problems, failed];
  return (
    <div className="source-editor">
      <CodeEditor
        label={label}
        hint={words.leave}
        text={text}
        onChange={onChange}
        problems={problems}
        complete={(source, offset) =>
          calls.completeSource(completionHead + source, completionHead.length + offset).catch(() => [])
        }
        onFormat={onFormat}
        shown={useLatest(shown, asked)}
      />
      <ProblemLine
        problems={problems}
        isBehind={checked.isBehind}
        failure={checked.failure}
        onShow={(line) => setAsked({ line })}
      />
    </div>
  );
}

/** Of two values the one that changed last. */
function useLatest<Value>(one: Value, other: Value): Value {
  const [known, setKnown] = useState({ one, other, latest: one });
  if (known.one === one && known.other === other) return known.latest;
  const latest = known.one === one ? other : one;
  setKnown({ one, other, latest });
  return latest;
}
