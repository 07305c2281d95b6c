// Fields of the editor: name, description, visibility, and which function of the code is deployed.

import type { DefinedFunction } from '../../../../src-shared/function-detail.ts';
import { SmallSwitch } from '../../../components/fields.tsx';
import { SmallChoice, SmallField } from '../../../components/small-field.tsx';
import { isPossibleName } from '../../../store/draft.ts';
import type { changed, Draft } from '../../../store/draft.ts';
import { FUNCTION_WORDS } from '../words.ts';
import { EDITOR_WORDS as words } from './words.ts';

export interface EditorFieldsProps {
  readonly draft: Draft;
  readonly functions: readonly DefinedFunction[];
  readonly onChange: (changes: Parameters<typeof changed>[1]) => void;
}

export function EditorFields({ draft, functions, onChange }: EditorFieldsProps) {
  const { name, functionName, description, isPublic } = draft;
  const known = functions.map((one) => one.name);
  // The function that was chosen before stays until the code is checked.
  const names = known.includes(functionName) || functionName === '' ? known : [functionName, ...known];
  return (
    <div className="editor__fields">
      <SmallField
        label={words.name}
        value={name}
        onChange={(text) => onChange({ name: text, isNamed: true })}
        fault={name === '' || isPossibleName(name) ? null : words.nameFault}
        isCode
      />
      <SmallChoice
        label={words.function}
        value={functionName}
        choices={
          names.length === 0
            ? [{ value: '', label: words.noFunction }]
            : names.map((value) => ({ value, label: value }))
        }
        onChange={(value) => onChange({ functionName: value })}
      />
      <SmallField label={words.description} value={description} onChange={(text) => onChange({ description: text })} />
      <div className="editor__public" title={FUNCTION_WORDS.publicHelp}>
        <SmallSwitch label={words.isPublic} isOn={isPublic} onChange={(isOn) => onChange({ isPublic: isOn })} />
      </div>
    </div>
  );
}
