// Panel that tests a function: Run and Stop, data for each parameter, and the result beside it. Must not know whether
// the function is deployed.

import type { ReactNode } from 'react';
import type { Parameter, TestRun } from '../../../../src-shared/function-detail.ts';
import { Button } from '../../../components/button.tsx';
import type { TestData } from '../../../store/test-data.ts';
import { DataFields } from '../../../workbench/data-fields.tsx';
import { RunButtons } from '../../../workbench/run-buttons.tsx';
import { TrialResult } from '../../../workbench/trial-result.tsx';
import { TrialStatus } from '../../../workbench/trial-status.tsx';
import type { CheckedRun } from '../../../workbench/use-checked-run.ts';
import type { Trials } from '../../../workbench/use-trial.ts';
import { TRIAL_WORDS as words } from '../../../workbench/words.ts';
import './test-panel.css';

export interface DataSource {
  readonly label: string;
  readonly onUse: () => void;
}

export interface TestPanelProps {
  /** Null: not known; the data is then written in one field. */
  readonly parameters: readonly Parameter[] | null;
  readonly data: TestData;
  readonly sources: readonly DataSource[];
  readonly trials: Trials;
  readonly checkedRun: CheckedRun;
  /** There is no function to run. */
  readonly isDisabled?: boolean;
  /** Shown with the error of a failed test, such as its line in the code. */
  readonly where: (error: Extract<TestRun, { kind: 'failed' }>['error']) => ReactNode;
}

export function TestPanel(props: TestPanelProps) {
  const { parameters, data, sources, trials, checkedRun, isDisabled = false, where } = props;
  const { trial, stop } = trials;
  const done = trial.kind === 'done' ? trial : null;
  return (
    <section className="test-panel" aria-label={words.title}>
      <div className="test-panel__buttons">
        <RunButtons isRunning={trial.kind === 'running'} isDisabled={isDisabled} onRun={checkedRun.run} onStop={stop} />
      </div>
      <div className="test-panel__columns">
        <div className="test-panel__data">
          <DataFields parameters={parameters} data={data} onData={checkedRun.change} faults={checkedRun.faults} />
          <div className="test-panel__sources">
            {sources.map(({ label, onUse }) => (
              <Button key={label} onPress={onUse}>
                {label}
              </Button>
            ))}
          </div>
        </div>
        <div className="test-panel__result">
          <TrialStatus trial={trial} hint={words.hint} />
          {done && done.run.kind === 'failed' && where(done.run.error)}
          {done && <TrialResult run={done.run} />}
        </div>
      </div>
    </section>
  );
}
