// Card that sets HTTPS up: certificate and key are chosen, and used together with the protocol or not at all.

import { useState } from 'react';
import { SETTINGS } from '../../../src-shared/settings.ts';
import type { SettingName, Settings } from '../../../src-shared/settings.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { TextBox } from '../../components/fields.tsx';
import { useOwnFailure } from '../../store/use-own-failure.ts';
import { usePage, useProgram } from '../../store/use-page.ts';
import { ChooseButton } from './choose-button.tsx';
import { Fault } from './fault.tsx';
import { SettingRow } from './setting-row.tsx';
import { SettingSourceLine } from './setting-source.tsx';
import { SwitchOff } from './switch-off.tsx';
import { HTTPS_WORDS as words } from './words.ts';

type Files = Pick<Settings, 'certificateFile' | 'keyFile'>;

export function HttpsCard() {
  const certificateFile = usePage((page) => page.settings.certificateFile);
  const keyFile = usePage((page) => page.settings.keyFile);
  const isOn = usePage((page) => page.settings.transferProtocol === 'https');
  return (
    <Card title={words.title} note={isOn ? words.isOn : words.isOff}>
      <p className="soft">{isOn ? words.leadOn : words.leadOff}</p>
      {/* New values from elsewhere replace what was typed. */}
      <HttpsForm key={`${certificateFile}\n${keyFile}`} kept={{ certificateFile, keyFile }} isOn={isOn} />
      <div className="settings__rows">
        <SettingRow name="minimumTlsVersion" />
      </div>
    </Card>
  );
}

function HttpsForm({ kept, isOn }: { readonly kept: Files; readonly isOn: boolean }) {
  const { calls, store } = useProgram();
  const { failure, attempt, forget } = useOwnFailure();
  const [files, setFiles] = useState(kept);
  const isComplete = files.certificateFile !== '' && files.keyFile !== '';
  const isChanged = files.certificateFile !== kept.certificateFile || files.keyFile !== kept.keyFile;
  const change = (changes: Partial<Files>): void => {
    setFiles({ ...files, ...changes });
    forget();
  };
  const apply = async (changes: Partial<Settings>, text: string): Promise<void> => {
    if (await attempt(calls.changeSettings(changes))) store.announce(text);
  };
  const use = (): void => void apply({ transferProtocol: 'https', ...files }, words.switchedOn);
  const field = (name: keyof Files) => (
    <PathField name={name} value={files[name]} kept={kept[name]} onChange={(value) => change({ [name]: value })} />
  );
  return (
    <>
      <div className="settings__rows">
        {field('certificateFile')}
        {field('keyFile')}
      </div>
      <SettingSourceLine name="transferProtocol" />
      <div className="settings__act">
        {(!isOn || isChanged) && (
          <Button look="main" isDisabled={!isComplete} onPress={use}>
            {isOn ? words.useFiles : words.switchOn}
          </Button>
        )}
        {isOn && (
          <SwitchOff words={words} onSwitch={() => void apply({ transferProtocol: 'http' }, words.switchedOff)} />
        )}
        {!isComplete && <span className="soft small">{words.incomplete}</span>}
      </div>
      <Fault text={failure} />
    </>
  );
}

interface PathFieldProps {
  readonly name: keyof Files & SettingName;
  readonly value: string;
  readonly kept: string;
  readonly onChange: (value: string) => void;
}

function PathField({ name, value, kept, onChange }: PathFieldProps) {
  const { label, help } = SETTINGS[name];
  return (
    <div className="settings__row" data-setting={name}>
      <TextBox
        label={label}
        help={help}
        look="path"
        value={value}
        onChange={(text) => onChange(text.trim())}
        onDone={() => undefined}
        onCancel={() => onChange(kept)}
        fault={null}
        action={<ChooseButton purpose={name} label={label} onChosen={onChange} />}
      />
      <SettingSourceLine name={name} />
    </div>
  );
}
