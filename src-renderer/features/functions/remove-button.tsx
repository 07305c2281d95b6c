// Button that removes a function with all of its versions, after a question.

import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { goTo } from '../../store/route.ts';
import { useProgram } from '../../store/use-page.ts';
import { FUNCTION_WORDS as words } from './words.ts';

export function RemoveButton({ name }: { readonly name: string }) {
  const { calls, store } = useProgram();
  const [isAsking, setAsking] = useState(false);
  const remove = async (): Promise<void> => {
    if (!(await store.attempt(calls.removeFunction(name)))) return;
    store.announce(words.removed(name));
    goTo('functions');
  };
  return (
    <>
      <Button icon="remove" look="quiet" onPress={() => setAsking(true)}>
        {words.remove}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={words.removeTitle(name)}
        text={words.removeText}
        confirmLabel={words.removeNow}
        cancelLabel={words.keep}
        onConfirm={() => void remove()}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
