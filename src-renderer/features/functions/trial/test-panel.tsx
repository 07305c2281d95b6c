// A trial of a function: its data by parameter, and what came of it. Must not know whether it is deployed.

import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Parameter, TestRun } from '../../../../src-shared/function-detail.ts';
import { Banner } from '../../../components/banner.tsx';
import { Button } from '../../../components/button.tsx';
import { SmallField } from '../../../components/small-field.tsx';
import { duration } from '../../../figures.ts';
import { readData } from '../../../store/test-data.ts';
import type { DataFault, TestData } from '../../../store/test-data.ts';
import type { Trial } from './use-trial.ts';
import { STRINGS } from '../../../words.ts';
import { TrialResult } from './trial-result.tsx';
import './test-panel.css';

const words = STRINGS.functions.test;
const types = STRINGS.functions.parameterTypes;

export interface DataSource {
  readonly label: string;
  readonly onUse: () => void;
}

export interface TestPanelProps {
  /** Null: they are not known, and data are written as a whole. */
  readonly parameters: readonly Parameter[] | null;
  readonly data: TestData;
  readonly onData: (data: TestData) => void;
  readonly sources: readonly DataSource[];
  readonly trial: Trial;
  readonly onRun: (data: string) => void;
  /** The function defines nothing that could run. */
  readonly isDisabled?: boolean;
  /** Shown with the error of a failed trial, such as its line in the source. */
  readonly where: (error: Extract<TestRun, { kind: 'failed' }>['error']) => ReactNode;
}

export function TestPanel(props: TestPanelProps) {
  const { parameters, data, onData, sources, trial, onRun, isDisabled = false, where } = props;
  // Nobody is told what is missing before they tried.
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
              note={[types[type], ...(isRequired ? [] : [STRINGS.functions.optional])].join(', ')}
              isCode
              lines={2}
              placeholder={about}
              value={data.fields[name] ?? ''}
              onChange={(text) => change({ ...data, fields: { ...data.fields, [name]: text } })}
              fault={faultText(faults[name])}
            />
          ))
        )}
        {parameters?.length === 0 && <p className="soft">{STRINGS.functions.noParameters}</p>}
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

/** In a sentence, which is read aloud when it comes. */
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
