// Button that switches a protection off, after a question.

import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';

export interface SwitchOffWords {
  readonly switchOff: string;
  readonly offTitle: string;
  readonly offText: string;
  readonly offNow: string;
  readonly keep: string;
}

export interface SwitchOffProps {
  readonly words: SwitchOffWords;
  readonly onSwitch: () => void;
}

export function SwitchOff({ words, onSwitch }: SwitchOffProps) {
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <Button onPress={() => setAsked(true)}>{words.switchOff}</Button>
      <ConfirmDialog
        isOpen={isAsked}
        title={words.offTitle}
        text={words.offText}
        confirmLabel={words.offNow}
        cancelLabel={words.keep}
        onConfirm={onSwitch}
        onClose={() => setAsked(false)}
      />
    </>
  );
}
