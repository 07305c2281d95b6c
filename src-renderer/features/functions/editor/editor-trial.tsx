// Test of the function that is being written, and the saved examples of the one that it changes.

import type { FunctionDetail, Parameter, TestRun } from '../../../../src-shared/function-detail.ts';
import { Button } from '../../../components/button.tsx';
import type { Draft } from '../../../store/draft.ts';
import { writtenText } from '../../../store/test-data.ts';
import { useProgram } from '../../../store/use-page.ts';
import type { CheckedRun } from '../../../workbench/use-checked-run.ts';
import type { Trials } from '../../../workbench/use-trial.ts';
import { TRIAL_WORDS as words } from '../../../workbench/words.ts';
import { Examples } from '../trial/examples.tsx';
import { TestPanel } from '../trial/test-panel.tsx';
import type { DataSource } from '../trial/test-panel.tsx';
import { useLastData } from '../trial/use-last-data.ts';
import { useLookUp } from '../use-function-detail.ts';

export interface EditorTrialProps {
  readonly draft: Draft;
  readonly parameters: readonly Parameter[] | null;
  readonly run: (data: string, trial: string) => Promise<TestRun>;
  readonly trials: Trials;
  readonly checkedRun: CheckedRun;
  /** Shows a line of the code. */
  readonly onShow: (line: number) => void;
}

export function EditorTrial({ draft, parameters, run, trials, checkedRun, onShow }: EditorTrialProps) {
  const { data, edits, functionName, source } = draft;
  const { calls } = useProgram();
  const ask = (): Promise<FunctionDetail | null> =>
    edits === null ? Promise.resolve(null) : calls.functionDetail(edits);
  const deployed = useLookUp(ask, edits ?? '');
  const isDisabled = functionName === '';
  return (
    <div className="editor__trial">
      <TestPanel
        parameters={parameters}
        data={data}
        sources={useSources(draft, checkedRun.change)}
        trials={trials}
        checkedRun={checkedRun}
        isDisabled={isDisabled}
        where={({ line }) =>
          line === null ? null : (
            <div>
              <Button onPress={() => onShow(line)}>{words.line(line)}</Button>
            </div>
          )
        }
      />
      <Examples
        name={edits}
        examples={deployed.kind === 'here' ? (deployed.value?.tests.examples ?? []) : []}
        run={run}
        of={source}
        trial={trials.trial}
        isDisabled={isDisabled}
        onUse={(example) => checkedRun.change(writtenText(example.data) ?? data)}
        onChange={deployed.kind === 'here' ? deployed.again : () => undefined}
      />
    </div>
  );
}

/** The data that came with the draft, and the data of the last request to the function that it changes. */
function useSources({ captured, edits, origin }: Draft, change: CheckedRun['change']): readonly DataSource[] {
  const lastData = useLastData(edits ?? '');
  const sources: DataSource[] = [];
  if (captured !== null)
    sources.push({
      label: origin === 'promoted' ? words.captured : words.sample,
      onUse: () => change(captured),
    });
  if (edits !== null)
    sources.push({ label: words.last, onUse: () => void lastData().then((data) => data && change(data)) });
  return sources;
}
