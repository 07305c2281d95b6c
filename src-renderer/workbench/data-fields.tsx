// Fields for the data of a run: one for each parameter, or one for all where the parameters are not known.

import type { Parameter } from '../../src-shared/function-detail.ts';
import { SmallField } from '../components/small-field.tsx';
import type { DataFault, TestData } from '../store/test-data.ts';
import { PARAMETER_WORDS, TRIAL_WORDS as words } from './words.ts';
import './data-fields.css';

export interface DataFieldsProps {
  /** Null: not known; the data is then written in one field. */
  readonly parameters: readonly Parameter[] | null;
  readonly data: TestData;
  readonly onData: (data: TestData) => void;
  /** What `readData` found; '' stands for the single field. */
  readonly faults: Readonly<Record<string, DataFault>>;
}

export function DataFields({ parameters, data, onData, faults }: DataFieldsProps) {
  return (
    <div className="data-fields">
      {parameters === null ? (
        <SmallField
          label={words.data}
          note={words.dataHelp}
          isCode
          lines={5}
          value={data.whole}
          onChange={(whole) => onData({ ...data, whole })}
          fault={faultText(faults[''])}
        />
      ) : (
        parameters.map(({ name, type, isRequired, about }) => (
          <SmallField
            key={name}
            label={name}
            note={[PARAMETER_WORDS.types[type], ...(isRequired ? [] : [PARAMETER_WORDS.optional])].join(', ')}
            isCode
            lines={2}
            placeholder={about}
            value={data.fields[name] ?? ''}
            onChange={(text) => onData({ ...data, fields: { ...data.fields, [name]: text } })}
            fault={faultText(faults[name])}
          />
        ))
      )}
      {parameters?.length === 0 && <p className="soft">{PARAMETER_WORDS.none}</p>}
    </div>
  );
}

function faultText(fault: DataFault | undefined): string | null {
  return fault === undefined ? null : words[fault];
}
