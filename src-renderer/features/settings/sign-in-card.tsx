// Card that sets sign-in up: who may sign in, with passwords that the program makes, and whether callers must.

import { useState } from 'react';
import type { FormEvent } from 'react';
import type { NewPassword } from '../../../src-shared/sign-in-user.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { SmallField } from '../../components/small-field.tsx';
import { useCopy } from '../../store/use-copy.ts';
import { useOwnFailure } from '../../store/use-own-failure.ts';
import { usePage, useProgram } from '../../store/use-page.ts';
import { Fault } from './fault.tsx';
import { SettingRow } from './setting-row.tsx';
import { useUsers } from './use-users.ts';
import { UserList } from './user-list.tsx';
import { SwitchOff } from './switch-off.tsx';
import { SIGN_IN_WORDS as words } from './words.ts';

/** A password is shown until the user closes it or makes another one. */
interface Shown extends NewPassword {
  readonly isNewUser: boolean;
}

export function SignInCard() {
  const { calls } = useProgram();
  const isOn = usePage((page) => page.settings.passwordFile !== '');
  const { known, readAgain } = useUsers();
  const { failure, attempt } = useOwnFailure();
  const [shown, setShown] = useState<Shown | null>(null);
  const change = async (call: Promise<NewPassword | null>, isNewUser: boolean): Promise<boolean> => {
    const isDone = await attempt(call.then((made) => setShown(made && { ...made, isNewUser })));
    readAgain();
    return isDone;
  };
  const names = known?.names ?? [];
  return (
    <Card title={words.title} note={isOn ? words.isOn : words.isOff}>
      <p className="soft">{isOn ? words.leadOn : words.leadOff}</p>
      {/* A screen reader reads a password only where it was asked for. */}
      <div role="status">{shown && <ShownPassword shown={shown} onClose={() => setShown(null)} />}</div>
      {known?.fault && <Banner tone="warn">{known.fault}</Banner>}
      {names.length > 0 && (
        <UserList
          names={names}
          onRenew={(name) => void change(calls.renewPassword(name), false)}
          onRemove={(name) => void change(calls.removeUser(name), false)}
        />
      )}
      <AddUser isOn={isOn} onAdd={(name) => change(calls.addUser(name), true)} />
      <Fault text={failure} />
      {!isOn && known !== null && names.length > 0 && (
        <div className="settings__act">
          <Button onPress={() => void attempt(calls.changeSettings({ passwordFile: known.file }))}>
            {words.switchOn}
          </Button>
        </div>
      )}
      {isOn && (
        <div className="settings__act">
          <SwitchOff words={words} onSwitch={() => void attempt(calls.changeSettings({ passwordFile: '' }))} />
        </div>
      )}
      <div className="settings__rows">
        <SettingRow name="passwordFile" />
      </div>
    </Card>
  );
}

function ShownPassword({ shown, onClose }: { readonly shown: Shown; readonly onClose: () => void }) {
  const copy = useCopy();
  const { name, password, isNewUser } = shown;
  return (
    <Banner tone="info" actions={<Button onPress={onClose}>{words.done}</Button>}>
      <p>{isNewUser ? words.added(name) : words.renewed(name)}</p>
      <p className="settings__password">
        <span className="code">{password}</span>
        <CopyButton label={words.copy} onCopy={() => copy(password)} />
      </p>
      <p>{words.once}</p>
      <p>{words.inTableau}</p>
    </Banner>
  );
}

interface AddUserProps {
  readonly isOn: boolean;
  /** Resolves with whether the user was added. */
  readonly onAdd: (name: string) => Promise<boolean>;
}

function AddUser({ isOn, onAdd }: AddUserProps) {
  const [name, setName] = useState('');
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    void onAdd(name.trim()).then((isDone) => isDone && setName(''));
  };
  return (
    <form className="settings__add-user" onSubmit={add}>
      <SmallField label={words.name} value={name} onChange={setName} />
      <Button type="submit" look="main" isDisabled={name.trim() === ''}>
        {isOn ? words.add : words.addFirst}
      </Button>
    </form>
  );
}
