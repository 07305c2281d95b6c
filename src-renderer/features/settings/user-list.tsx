// List of the users who may sign in: a new password for each, and a way to remove each, both after a question.

import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { SIGN_IN_WORDS as words } from './words.ts';

export interface UserListProps {
  readonly names: readonly string[];
  readonly onRenew: (name: string) => void;
  readonly onRemove: (name: string) => void;
}

interface Asked {
  readonly name: string;
  readonly what: 'renew' | 'remove';
}

export function UserList({ names, onRenew, onRemove }: UserListProps) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const { name = '', what = 'renew' } = asked ?? {};
  const question = words.questions[what];
  return (
    <>
      <ul className="settings__users" aria-label={words.users}>
        {names.map((one) => (
          <li key={one} className="settings__user">
            <span className="settings__user-name">{one}</span>
            <Button aria-label={words.renewOne(one)} onPress={() => setAsked({ name: one, what: 'renew' })}>
              {words.renew}
            </Button>
            <Button
              icon="remove"
              look="quiet"
              aria-label={words.removeOne(one)}
              onPress={() => setAsked({ name: one, what: 'remove' })}
            >
              {words.remove}
            </Button>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={asked !== null}
        title={question.title(name)}
        text={question.text}
        confirmLabel={question.confirm}
        cancelLabel={words.cancel}
        look={what === 'renew' ? 'main' : 'danger'}
        onConfirm={() => (what === 'renew' ? onRenew(name) : onRemove(name))}
        onClose={() => setAsked(null)}
      />
    </>
  );
}
