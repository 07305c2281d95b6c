// Row of one setting, with the field for its kind. Saves on a change, or when the user leaves a text. Knows no single
// setting but the port.

import { useState } from 'react';
import { faultOf, SETTINGS } from '../../../src-shared/settings.ts';
import type { Setting } from '../../../src-shared/setting-kinds.ts';
import type { SettingName } from '../../../src-shared/settings.ts';
import { assertNever } from '../../../src-shared/assert-never.ts';
import { Choice, OnOff, TextBox } from '../../components/fields.tsx';
import { useOwnFailure } from '../../store/use-own-failure.ts';
import { usePage, useProgram } from '../../store/use-page.ts';
import { WORDS } from '../../text/words.ts';
import { ChooseButton } from './choose-button.tsx';
import { Fault } from './fault.tsx';
import { PortNote } from './port-note.tsx';
import { SettingSourceLine } from './setting-source.tsx';
import { enteredValue, helpText, shownText } from './setting-text.ts';
import { SETTINGS_WORDS as words } from './words.ts';

export function SettingRow({ name }: { readonly name: SettingName }) {
  const saving = useSave(name);
  return (
    <div className="settings__row" data-setting={name}>
      <Field name={name} saving={saving} />
      <SettingSourceLine name={name} onReset={saving.save} />
    </div>
  );
}

interface Saving {
  readonly save: (value: unknown) => void;
  /** Why the program refused the last value; null when it did not. */
  readonly refusal: string | null;
  readonly forget: () => void;
}

function Field({ name, saving }: { readonly name: SettingName; readonly saving: Saving }) {
  const setting: Setting = SETTINGS[name];
  const value: unknown = usePage((page) => page.settings[name]);
  const { save, refusal } = saving;
  const { kind } = setting;
  switch (kind.kind) {
    case 'switch':
      return (
        <>
          <OnOff label={setting.label} help={<Help setting={setting} />} isOn={value === true} onChange={save} />
          <Fault text={refusal} />
        </>
      );
    case 'choice':
      return (
        <>
          <Choice
            label={setting.label}
            help={<Help setting={setting} />}
            value={String(value)}
            choices={kind.choices.map((choice) => ({ value: choice, label: words.choices[choice] ?? choice }))}
            onChange={save}
          />
          <Fault text={refusal} />
        </>
      );
    case 'number':
    case 'text':
    case 'path':
    case 'list':
      // A new value from elsewhere replaces the field. What was typed in it is out of date.
      return <TextRow key={shownText(value)} name={name} value={value} saving={saving} />;
    default:
      return assertNever(kind);
  }
}

interface TextRowProps {
  readonly name: SettingName;
  readonly value: unknown;
  readonly saving: Saving;
}

function TextRow({ name, value, saving }: TextRowProps) {
  const setting: Setting = SETTINGS[name];
  const { kind, label, whenEmpty = '' } = setting;
  const kept = shownText(value);
  const [text, setText] = useState(kept);
  const entered = enteredValue(kind, text);
  const fault = faultOf(name, entered);
  const finish = (): void => {
    if (text !== kept && fault === null) saving.save(entered);
  };
  const change = (next: string): void => {
    setText(next);
    saving.forget();
  };
  return (
    <TextBox
      label={label}
      help={<Help setting={setting} />}
      look={lookOf(setting)}
      unit={kind.kind === 'number' ? kind.unit : ''}
      placeholder={whenEmpty}
      value={text}
      onChange={change}
      onDone={finish}
      onCancel={() => change(kept)}
      fault={fault === null ? saving.refusal : words.fault(label, fault)}
      note={name === 'port' && fault === null && <PortNote port={Number(entered)} />}
      action={kind.kind === 'path' && <ChooseButton purpose={name} label={label} onChosen={saving.save} />}
    />
  );
}

function lookOf({ kind }: Setting): 'number' | 'lines' | 'path' | 'text' {
  if (kind.kind === 'list') return 'lines';
  return kind.kind === 'number' || kind.kind === 'path' ? kind.kind : 'text';
}

function Help({ setting }: { readonly setting: Setting }) {
  const applies = words.applies[setting.applies];
  return (
    <>
      {helpText(setting)}
      {setting.kind.kind === 'list' && ` ${words.onePerLine}`}
      {applies && <span className="settings__applies">{applies}</span>}
    </>
  );
}

/** Saves a value. When the program refuses it, the reason is shown at the field. */
function useSave(name: SettingName): Saving {
  const { calls, store } = useProgram();
  const { failure, attempt, forget } = useOwnFailure();
  const save = (value: unknown): void => {
    void attempt(calls.changeSettings({ [name]: value })).then((isDone) => {
      if (isDone) store.announce(WORDS.saved);
    });
  };
  return { save, refusal: failure, forget };
}
