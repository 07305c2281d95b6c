// Panel that tests a function: data for each parameter, and the result. Must not know whether the function is deployed.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Parameter, TestRun } from '../../../../src-shared/function-detail.ts';
import { Button } from '../../../components/button.tsx';
import { readData } from '../../../store/test-data.ts';
import type { DataFault, TestData } from '../../../store/test-data.ts';
import { DataFields } from '../../../workbench/data-fields.tsx';
import { TrialResult } from '../../../workbench/trial-result.tsx';
import { TrialStatus } from '../../../workbench/trial-status.tsx';
import type { Trial } from '../../../workbench/use-trial.ts';
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
  readonly onData: (data: TestData) => void;
  readonly sources: readonly DataSource[];
  readonly trial: Trial;
  readonly onRun: (data: string) => void;
  /** There is no function to run. */
  readonly isDisabled?: boolean;
  /** Shown with the error of a failed test, such as its line in the code. */
  readonly where: (error: Extract<TestRun, { kind: 'failed' }>['error']) => ReactNode;
}

export function TestPanel(props: TestPanelProps) {
  const { parameters, data, onData, sources, trial, onRun, isDisabled = false, where } = props;
  // Missing values are marked only after the first try.
  const [faults, setFaults] = useState<Readonly<Record<string, DataFault>>>({});
  const change = (next: TestData): void => {
    setFaults({});
    onData(next);
  };
  const run = (): void => {
    const read = readData(data, parameters);
    setFaults(read.kind === 'faults' ? read.faults : {});
    if (read.kind === 'data') onRun(read.text);
  };
  return (
    <section className="test-panel" aria-label={words.title}>
      <DataFields parameters={parameters} data={data} onData={change} faults={faults} />
      <div className="test-panel__buttons">
        <Button look="main" icon="play" isDisabled={isDisabled || trial.kind === 'running'} onPress={run}>
          {words.run}
        </Button>
        {sources.map(({ label, onUse }) => (
          <Button key={label} onPress={onUse}>
            {label}
          </Button>
        ))}
      </div>
      <TrialStatus trial={trial} hint={words.hint} />
      {trial.kind === 'done' && trial.run.kind === 'failed' && where(trial.run.error)}
      {trial.kind === 'done' && <TrialResult run={trial.run} data={trial.data} />}
    </section>
  );
}
