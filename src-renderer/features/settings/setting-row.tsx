// Row of one setting, with the field for its kind. Saves on a change, or when the user leaves a text. Knows no single
// setting but the port.

import { useState } from 'react';
import { faultOf, SETTINGS } from '../../../src-shared/settings.ts';
import type { Setting } from '../../../src-shared/setting-kinds.ts';
import type { SettingName } from '../../../src-shared/settings.ts';
import { CallError } from '../../../src-shared/ipc.ts';
import { assertNever } from '../../../src-shared/assert-never.ts';
import { Choice, OnOff, TextBox } from '../../components/fields.tsx';
import { enteredValue, shownText } from './setting-text.ts';
import { usePage, useProgram } from '../../store/use-page.ts';
import { WORDS } from '../../text/words.ts';
import { SETTINGS_WORDS as words } from './words.ts';
import { PortNote } from './port-note.tsx';

export function SettingRow({ name }: { readonly name: SettingName }) {
  return (
    <div className="settings__row" data-setting={name}>
      <Field name={name} />
    </div>
  );
}

function Field({ name }: { readonly name: SettingName }) {
  const setting: Setting = SETTINGS[name];
  const value: unknown = usePage((page) => page.settings[name]);
  const { save, refusal } = useSave(name);
  const { kind } = setting;
  switch (kind.kind) {
    case 'switch':
      return <OnOff label={setting.label} help={<Help setting={setting} />} isOn={value === true} onChange={save} />;
    case 'choice':
      return (
        <Choice
          label={setting.label}
          help={<Help setting={setting} />}
          value={String(value)}
          choices={kind.choices.map((choice) => ({ value: choice, label: words.choices[choice] ?? choice }))}
          onChange={save}
        />
      );
    case 'number':
    case 'text':
    case 'list':
      // A new value from elsewhere replaces the field. What was typed in it is out of date.
      return <TextRow key={shownText(value)} name={name} value={value} save={save} refusal={refusal} />;
    default:
      return assertNever(kind);
  }
}

interface TextRowProps {
  readonly name: SettingName;
  readonly value: unknown;
  readonly save: (value: unknown) => void;
  readonly refusal: string | null;
}

function TextRow({ name, value, save, refusal }: TextRowProps) {
  const setting: Setting = SETTINGS[name];
  const { kind } = setting;
  const kept = shownText(value);
  const [text, setText] = useState(kept);
  const entered = enteredValue(kind, text);
  const fault = faultOf(name, entered);
  const finish = (): void => {
    if (text !== kept && fault === null) save(entered);
  };
  return (
    <TextBox
      label={setting.label}
      help={<Help setting={setting} />}
      look={kind.kind === 'number' ? 'number' : kind.kind === 'list' ? 'lines' : 'text'}
      unit={kind.kind === 'number' ? kind.unit : ''}
      value={text}
      onChange={setText}
      onDone={finish}
      onCancel={() => setText(kept)}
      fault={fault === null ? refusal : words.fault(setting.label, fault)}
      note={name === 'port' && fault === null && <PortNote port={Number(entered)} />}
    />
  );
}

function Help({ setting }: { readonly setting: Setting }) {
  const applies = words.applies[setting.applies];
  return (
    <>
      {setting.help}
      {setting.kind.kind === 'list' && ` ${words.onePerLine}`}
      {applies && <span className="settings__applies">{applies}</span>}
    </>
  );
}

/** Saves a value. When the program refuses it, the reason is shown at the field. */
function useSave(name: SettingName) {
  const { calls, store } = useProgram();
  const [refusal, setRefusal] = useState<string | null>(null);
  const save = (value: unknown): void => {
    void calls
      .changeSettings({ [name]: value })
      .then(() => {
        setRefusal(null);
        store.announce(WORDS.saved);
      })
      .catch((error: unknown) => {
        if (!(error instanceof CallError)) throw error;
        setRefusal(error.message);
      });
  };
  return { save, refusal };
}
