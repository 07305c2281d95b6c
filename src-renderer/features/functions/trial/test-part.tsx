// Test of a deployed function, called as MODEL_EXTENSION_* would call it.

import { useState } from 'react';
import type { DeployedFunction } from '../../../../src-shared/function.ts';
import type { FunctionDetail, Parameter } from '../../../../src-shared/function-detail.ts';
import { ScriptLines } from '../../../components/script-lines.tsx';
import { parametersOf, sampleIn } from '../../../store/function-schema.ts';
import { NO_DATA, writtenData } from '../../../store/test-data.ts';
import type { LookedUp } from '../use-function-detail.ts';
import { useLastData } from './use-last-data.ts';
import { useProgram } from '../../../store/use-page.ts';
import { useTrial } from '../../../workbench/use-trial.ts';
import { FUNCTION_WORDS } from '../words.ts';
import { TRIAL_WORDS as words } from '../../../workbench/words.ts';
import { TestPanel } from './test-panel.tsx';
import type { DataSource } from './test-panel.tsx';

export interface TestPartProps {
  readonly endpoint: DeployedFunction;
  readonly found: LookedUp<FunctionDetail | null>;
}

export function TestPart({ endpoint, found }: TestPartProps) {
  const { name, schema } = endpoint;
  const { calls } = useProgram();
  const sample = writtenData(sampleIn(schema));
  const [data, setData] = useState(sample ?? NO_DATA);
  const { trial, start } = useTrial((text) => calls.tryDeployed(name, text));
  const lastData = useLastData(name);
  const sources: readonly DataSource[] = [
    ...(sample ? [{ label: words.sample, onUse: () => setData(sample) }] : []),
    { label: words.last, onUse: () => void lastData().then((last) => last && setData(last)) },
  ];
  const detail = found.kind === 'here' ? found.value : null;
  // No fields yet: they may change when the details come.
  if (found.kind === 'waiting') return <p className="soft">{FUNCTION_WORDS.loading}</p>;
  return (
    <TestPanel
      parameters={detail?.parameters ?? namedOnly(parametersOf(schema))}
      data={data}
      onData={setData}
      sources={sources}
      trial={trial}
      onRun={start}
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
  );
}

/** The parameters of a schema, of which only the names are known. */
function namedOnly(names: readonly string[] | null): readonly Parameter[] | null {
  return names?.map((name) => ({ name, type: 'any', isRequired: true, about: '' })) ?? null;
}
