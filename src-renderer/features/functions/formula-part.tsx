// Formulas that call a function from Tableau and from a terminal, ready to copy.

import { useState } from 'react';
import type { DeployedFunction } from '../../../src-shared/function.ts';
import type { Json } from '../../../src-shared/function.ts';
import type { Parameter } from '../../../src-shared/function-detail.ts';
import { CodeBlock } from '../../components/code-block.tsx';
import { Segments } from '../../components/fields.tsx';
import { curlCommand, modelFormula, scriptFormula } from './formulas.ts';
import type { FormulaParameter } from './formulas.ts';
import { RESULT_TYPES } from '../../store/tableau-types.ts';
import type { ResultType } from '../../store/tableau-types.ts';
import { parametersOf, sampleIn } from '../../store/function-schema.ts';
import { useCopy } from '../../store/use-copy.ts';
import { usePage, useServerUrl } from '../../store/use-page.ts';
import { FUNCTION_WORDS as words } from './words.ts';
import './formula-part.css';

export interface FormulasProps {
  readonly endpoint: DeployedFunction;
  /** Null: only the schema may name them. */
  readonly parameters: readonly Parameter[] | null;
}

export function Formulas({ endpoint, parameters: told }: FormulasProps) {
  const platform = usePage((page) => page.program.platform);
  const [result, setResult] = useState<ResultType>('REAL');
  const copy = useCopy();
  const { name, schema } = endpoint;
  const known = told === null ? parametersOf(schema) : namesFor(told);
  const parameters = known ?? ['x'];
  const fields = fieldsOf(parameters, told ?? [], schema);
  const url = useServerUrl();
  const texts = [
    [words.script, scriptFormula(name, fields, result)],
    [words.model, modelFormula(name, fields, result)],
    [words.curl, curlCommand(url, name, parameters, platform)],
  ] as const;
  return (
    <section className="function__formulas" aria-label={words.formulas}>
      <div className="tool-bar">
        <h3>{words.formulas}</h3>
        <div className="tool-bar__end">
          <Segments
            label={words.result}
            value={result}
            choices={RESULT_TYPES.map((value) => ({ value, label: words.resultTypes[value] }))}
            onChange={(value) => setResult(RESULT_TYPES.find((one) => one === value) ?? 'REAL')}
          />
        </div>
      </div>
      {known === null && <p className="small faint">{words.unknownParameters}</p>}
      {texts.map(([title, text]) => (
        <div key={title} className="function__formula">
          <p className="small faint">{title}</p>
          <CodeBlock text={text} copyLabel={words.copy(title)} onCopy={copy} />
        </div>
      ))}
    </section>
  );
}

/** Values by the type that the source declares, else those of the schema's sample. */
function fieldsOf(names: readonly string[], told: readonly Parameter[], schema: Json): readonly FormulaParameter[] {
  const sample = sampleIn(schema);
  const columns = typeof sample === 'object' && sample !== null && !Array.isArray(sample) ? sample : {};
  return names.map((name) => {
    const declared = VALUE_OF[told.find((one) => one.name === name)?.type ?? 'any'];
    const value = (columns as Readonly<Record<string, Json>>)[name] ?? [];
    return { name, values: declared ?? (Array.isArray(value) ? value : [value]) };
  });
}

const VALUE_OF: Readonly<Record<Parameter['type'], readonly Json[] | null>> = {
  number: [0],
  integer: [0],
  text: [''],
  boolean: [false],
  any: null,
};

/** The required parameters; all of them when none is required. */
function namesFor(parameters: readonly Parameter[]): readonly string[] {
  const required = parameters.filter(({ isRequired }) => isRequired);
  return (required.length > 0 ? required : parameters).map(({ name }) => name);
}
