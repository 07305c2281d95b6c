// Form that makes a function follow a .py file on the server's computer. Must not know how files are followed.

import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { SmallField } from '../../components/small-field.tsx';
import { useChoosePath } from '../../store/use-choose-path.ts';
import { useProgram } from '../../store/use-page.ts';
import { FUNCTION_WORDS } from './words.ts';

const words = FUNCTION_WORDS.follow;

export interface FollowFormProps {
  readonly name: string;
  /** Its name in its code. */
  readonly functionName: string;
}

export function FollowForm({ name, functionName }: FollowFormProps) {
  const { calls, store } = useProgram();
  const choosePath = useChoosePath();
  const [isOpen, setOpen] = useState(false);
  const [path, setPath] = useState('');
  const [called, setCalled] = useState(functionName);
  const [isWaiting, setWaiting] = useState(false);
  const follow = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setWaiting(true);
    if (await store.attempt(calls.followFile(name, path.trim(), called.trim()))) store.announce(words.done(name));
    setWaiting(false);
  };
  if (!isOpen) {
    return (
      <div>
        <Button icon="follow" onPress={() => setOpen(true)}>
          {words.open}
        </Button>
      </div>
    );
  }
  return (
    <form className="function__follow" aria-label={words.open} onSubmit={(event) => void follow(event)}>
      <p className="soft">{words.lead}</p>
      <SmallField label={words.path} value={path} onChange={setPath} placeholder={words.pathHint} isCode />
      {choosePath && (
        <div>
          <Button
            icon="folder"
            onPress={() =>
              void store.attempt(choosePath('python-file').then((chosen) => chosen !== null && setPath(chosen)))
            }
          >
            {words.choose}
          </Button>
        </div>
      )}
      <SmallField label={words.functionName} value={called} onChange={setCalled} isCode />
      <div className="function__follow-buttons">
        <Button type="submit" look="main" isDisabled={path.trim() === '' || called.trim() === '' || isWaiting}>
          {words.start}
        </Button>
        <Button look="quiet" onPress={() => setOpen(false)}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
