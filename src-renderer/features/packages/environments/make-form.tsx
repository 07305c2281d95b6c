// Form that makes a managed environment, from a list of packages or a file.

import { useState } from 'react';
import type { FormEvent } from 'react';
import { contentsKindOf, environmentNameFault, MOST_CONTENTS_CHARACTERS } from '../../../../src-shared/environment.ts';
import type { EnvironmentContents } from '../../../../src-shared/environment.ts';
import { Button } from '../../../components/button.tsx';
import { FileDrop } from '../../../components/file-drop.tsx';
import { SmallField } from '../../../components/small-field.tsx';
import type { FormProps } from './add-form.tsx';
import { ENVIRONMENT_WORDS as words } from './words.ts';

const ENDINGS = ['.txt', '.lock', '.toml'];

/** A uv.lock or a pylock.toml, which is used as it is. */
interface LockFile {
  readonly fileName: string;
  readonly contents: EnvironmentContents;
}

export function MakeForm({ actions, isBusy, onClose }: FormProps) {
  const [name, setName] = useState('');
  const [packages, setPackages] = useState('');
  const [lock, setLock] = useState<LockFile | null>(null);
  const [fileFault, setFileFault] = useState<string | null>(null);
  const fault = name === '' ? null : environmentNameFault(name);
  const isReady = name !== '' && fault === null && (lock !== null || packages.trim() !== '') && !isBusy;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const contents = lock?.contents ?? ({ kind: 'packages', text: packages } as const);
    if (isReady && (await actions.make(name, contents))) onClose();
  };
  const takeFile = async (file: File): Promise<void> => {
    setFileFault(null);
    if (file.size > MOST_CONTENTS_CHARACTERS) return setFileFault(words.tooLarge(file.name));
    const text = await file.text().catch(() => null);
    if (text === null) return setFileFault(words.unreadable(file.name));
    const kind = contentsKindOf(file.name);
    if (kind !== 'requirements') return setLock({ fileName: file.name, contents: { kind, text } });
    setLock(null);
    setPackages(text);
  };
  return (
    <section className="environments__panel" aria-label={words.makeTitle}>
      <p className="soft">{words.makeLead}</p>
      <form className="environments__make" onSubmit={(event) => void submit(event)}>
        <SmallField
          label={words.name}
          value={name}
          onChange={setName}
          fault={fault}
          placeholder={words.nameHint}
          isCode
        />
        <FileDrop
          label={words.chooseFile}
          hint={words.dropFile}
          accepted={ENDINGS}
          isDisabled={isBusy}
          onFile={(file) => void takeFile(file)}
        >
          {lock === null ? (
            <SmallField
              label={words.packages}
              value={packages}
              onChange={setPackages}
              placeholder={words.packagesHint}
              lines={4}
              isCode
            />
          ) : (
            <p className="environments__lock">
              <span>{words.fromLock(lock.fileName)}</span>
              <Button look="quiet" onPress={() => setLock(null)}>
                {words.listInstead}
              </Button>
            </p>
          )}
        </FileDrop>
        <div role="alert" className="packages__failure">
          {fileFault}
        </div>
        <div className="packages__act">
          <Button type="submit" look="main" isDisabled={!isReady}>
            {words.make}
          </Button>
          <Button look="quiet" onPress={onClose}>
            {words.close}
          </Button>
        </div>
      </form>
    </section>
  );
}
