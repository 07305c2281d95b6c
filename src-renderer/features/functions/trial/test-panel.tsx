// Panel that tests a function: data for each parameter, and the result. Must not know whether the function is deployed.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Parameter, TestRun } from '../../../../src-shared/function-detail.ts';
import { Banner } from '../../../components/banner.tsx';
import { Button } from '../../../components/button.tsx';
import { SmallField } from '../../../components/small-field.tsx';
import { duration } from '../../../text/figures.ts';
import { readData } from '../../../store/test-data.ts';
import type { DataFault, TestData } from '../../../store/test-data.ts';
import type { Trial } from './use-trial.ts';
import { FUNCTION_WORDS } from '../words.ts';
import { TRIAL_WORDS as words } from './words.ts';
import { TrialResult } from './trial-result.tsx';
import './test-panel.css';

const types = FUNCTION_WORDS.parameterTypes;

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
      <div className="test-panel__fields">
        {parameters === null ? (
          <SmallField
            label={words.data}
            note={words.dataHelp}
            isCode
            lines={5}
            value={data.whole}
            onChange={(whole) => change({ ...data, whole })}
            fault={faultText(faults[''])}
          />
        ) : (
          parameters.map(({ name, type, isRequired, about }) => (
            <SmallField
              key={name}
              label={name}
              note={[types[type], ...(isRequired ? [] : [FUNCTION_WORDS.optional])].join(', ')}
              isCode
              lines={2}
              placeholder={about}
              value={data.fields[name] ?? ''}
              onChange={(text) => change({ ...data, fields: { ...data.fields, [name]: text } })}
              fault={faultText(faults[name])}
            />
          ))
        )}
        {parameters?.length === 0 && <p className="soft">{FUNCTION_WORDS.noParameters}</p>}
      </div>
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
      <div className="test-panel__outcome" role="status">
        <Outcome trial={trial} />
      </div>
      {trial.kind === 'done' && trial.run.kind === 'failed' && where(trial.run.error)}
      {trial.kind === 'done' && <TrialResult run={trial.run} data={trial.data} />}
    </section>
  );
}

/** A sentence that screen readers read when it appears. */
function Outcome({ trial }: { readonly trial: Trial }) {
  switch (trial.kind) {
    case 'none':
      return <p className="small faint">{words.hint}</p>;
    case 'running':
      return <p className="soft">{words.running}</p>;
    case 'refused':
      return <Banner tone="error">{trial.why}</Banner>;
    case 'done': {
      const { run } = trial;
      if (run.kind === 'answered') return <p className="soft figure">{words.tookOf(duration(run.elapsedMs))}</p>;
      return (
        <Banner tone="error">
          <b>
            {run.error.type}: {run.error.text}
          </b>{' '}
          <span className="figure">{words.failedAfter(duration(run.elapsedMs))}</span>
        </Banner>
      );
    }
  }
}

function faultText(fault: DataFault | undefined): string | null {
  return fault === undefined ? null : words[fault];
}
