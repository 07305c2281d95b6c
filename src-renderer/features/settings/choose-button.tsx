// Button that lets the user choose a path with the system's dialog; nothing in a browser, where the path is typed.

import type { PathPurpose } from '../../../src-shared/chosen-path.ts';
import { Button } from '../../components/button.tsx';
import { useChoosePath } from '../../store/use-choose-path.ts';
import { useOwnFailure } from '../../store/use-own-failure.ts';
import { Fault } from './fault.tsx';
import { SETTINGS_WORDS as words } from './words.ts';

export interface ChooseButtonProps {
  readonly purpose: PathPurpose;
  /** The name of the field that it fills. */
  readonly label: string;
  readonly onChosen: (path: string) => void;
}

export function ChooseButton({ purpose, label, onChosen }: ChooseButtonProps) {
  const choose = useChoosePath();
  const { failure, attempt } = useOwnFailure();
  if (choose === null) return null;
  const open = (): void => {
    void attempt(choose(purpose).then((path) => path !== null && onChosen(path)));
  };
  return (
    <>
      <Button icon="folder" aria-label={words.chooseFor(label)} onPress={open}>
        {words.choose}
      </Button>
      <Fault text={failure} />
    </>
  );
}
