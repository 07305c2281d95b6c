// Line below the code with its problems, and how to leave the code with the keyboard.

import type { SourceProblem } from '../../src-shared/function-detail.ts';
import { Button } from '../components/button.tsx';
import { SOURCE_WORDS as words } from './words.ts';

export interface ProblemLineProps {
  readonly problems: readonly SourceProblem[];
  /** The problems belong to an earlier text. */
  readonly isBehind: boolean;
  readonly failure: string | null;
  readonly onShow: (line: number) => void;
}

export function ProblemLine({ problems, isBehind, failure, onShow }: ProblemLineProps) {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const first = problems.find(({ severity }) => severity === 'error') ?? problems[0];
  return (
    <footer className="source-editor__problems small">
      <span
        className={errors > 0 ? 'source-editor__state source-editor__state--bad' : 'source-editor__state'}
        role="status"
      >
        {failure !== null
          ? words.unchecked(failure)
          : first
            ? words.problems(errors, problems.length - errors)
            : isBehind
              ? words.checking
              : words.problems(0, 0)}
      </span>
      {first && (
        <span className="source-editor__first">
          <Button look="quiet" onPress={() => onShow(first.line)}>
            {words.problem(first.line, first.text.split('\n', 1)[0] ?? '')}
          </Button>
        </span>
      )}
      <span className="source-editor__leave faint">{words.leave}</span>
    </footer>
  );
}
