// Test of a deployed function, called as MODEL_EXTENSION_* would call it, and its saved examples.

import { useState } from 'react';
import type { DeployedFunction } from '../../../../src-shared/function.ts';
import type { FunctionDetail, Parameter } from '../../../../src-shared/function-detail.ts';
import { NO_TESTS } from '../../../../src-shared/function-examples.ts';
import { ScriptLines } from '../../../components/script-lines.tsx';
import { parametersOf, sampleIn } from '../../../store/function-schema.ts';
import { NO_DATA, writtenData, writtenText } from '../../../store/test-data.ts';
import type { TestData } from '../../../store/test-data.ts';
import { useProgram } from '../../../store/use-page.ts';
import { isRunKey, useCheckedRun } from '../../../workbench/use-checked-run.ts';
import { useTrial } from '../../../workbench/use-trial.ts';
import { TRIAL_WORDS as words } from '../../../workbench/words.ts';
import type { LookedUp } from '../use-function-detail.ts';
import { FUNCTION_WORDS } from '../words.ts';
import { Examples } from './examples.tsx';
import { TestPanel } from './test-panel.tsx';
import type { DataSource } from './test-panel.tsx';
import { useLastData } from './use-last-data.ts';

export interface TestPartProps {
  readonly endpoint: DeployedFunction;
  readonly found: LookedUp<FunctionDetail | null>;
}

export function TestPart({ endpoint, found }: TestPartProps) {
  const { name, schema } = endpoint;
  const { calls } = useProgram();
  const detail = found.kind === 'here' ? found.value : null;
  const sample = writtenData(sampleIn(schema));
  const tests = detail?.tests ?? NO_TESTS;
  const tried = tests.tried === null ? null : writtenText(tests.tried);
  const [written, setData] = useState<TestData | null>(null);
  const data = written ?? tried ?? sample ?? NO_DATA;
  const run = (text: string, trial: string) => calls.tryDeployed(name, text, trial);
  const trials = useTrial(run);
  const parameters = detail?.parameters ?? namedOnly(parametersOf(schema));
  const isDisabled = trials.trial.kind === 'running';
  const checkedRun = useCheckedRun({ data, parameters, isDisabled, onData: setData, onRun: trials.start });
  const lastData = useLastData(name);
  const again = found.kind === 'here' ? found.again : () => undefined;
  const sources: readonly DataSource[] = [
    ...(sample ? [{ label: words.sample, onUse: () => checkedRun.change(sample) }] : []),
    { label: words.last, onUse: () => void lastData().then((last) => last && checkedRun.change(last)) },
  ];
  // No fields yet: they may change when the details come.
  if (found.kind === 'waiting') return <p className="soft">{FUNCTION_WORDS.loading}</p>;
  return (
    <div className="test-part" onKeyDown={(event) => isRunKey(event) && checkedRun.run()}>
      <TestPanel
        parameters={parameters}
        data={data}
        sources={sources}
        trials={trials}
        checkedRun={checkedRun}
        where={({ line }) =>
          detail?.source != null && line !== null ? (
            <ScriptLines
              label={FUNCTION_WORDS.parts.code}
              text={detail.source.trimEnd()}
              marked={line}
              note={words.line(line)}
            />
          ) : null
        }
      />
      <Examples
        name={name}
        examples={tests.examples}
        run={run}
        of={endpoint.version}
        trial={trials.trial}
        onUse={(example) => checkedRun.change(writtenText(example.data) ?? data)}
        onChange={again}
      />
    </div>
  );
}

/** The parameters of a schema, of which only the names are known. */
function namedOnly(names: readonly string[] | null): readonly Parameter[] | null {
  return names?.map((name) => ({ name, type: 'any', isRequired: true, about: '' })) ?? null;
}
