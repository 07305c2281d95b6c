// Adding a package: by name or from a file, what it would bring along, and how far it is.

import { useState } from 'react';
import type { FormEvent } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { MOST_SPEC_CHARACTERS } from '../../../src-shared/package.ts';
import type { PackageWork } from '../../../src-shared/package.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { FileDrop } from '../../components/file-drop.tsx';
import { Progress } from '../../components/progress.tsx';
import type { PackageWish } from './use-packages.ts';
import { useProgram } from '../../store/use-page.ts';
import { STRINGS } from '../../words.ts';
import { PlanPart } from './plan-part.tsx';

const words = STRINGS.packages;
const ENDING = '.whl';

export interface AddCardProps {
  readonly wish: PackageWish;
  readonly work: PackageWork | null;
  readonly wanted: string | null;
}

export function AddCard({ wish, work, wanted }: AddCardProps) {
  const { store } = useProgram();
  const [name, setName] = useState(wanted ?? '');
  const isBusy = work !== null;
  const lookUp = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '' && !isBusy) wish.lookUp(name.trim());
  };
  const lookInto = (file: File): void => {
    if (file.name.endsWith(ENDING)) wish.lookInto(file);
    else void store.attempt(Promise.reject(new DOMException(words.noWheel(file.name))));
  };
  return (
    <Card title={words.add}>
      <p className="soft packages__lead">{words.addLead}</p>
      <FileDrop
        label={words.chooseFile}
        hint={words.dropFile}
        accepted={[ENDING]}
        isDisabled={isBusy}
        onFile={lookInto}
      >
        <form className="packages__form" onSubmit={lookUp}>
          <TextField className="packages__name" value={name} onChange={setName} maxLength={MOST_SPEC_CHARACTERS}>
            <Label className="small">{words.name}</Label>
            <Input
              className="input code"
              placeholder={words.nameHint}
              data-search=""
              spellCheck={false}
              autoComplete="off"
            />
          </TextField>
          <Button type="submit" look={wish.found ? 'plain' : 'main'} isDisabled={isBusy || name.trim() === ''}>
            {words.lookUp}
          </Button>
        </form>
      </FileDrop>
      {work && <Working work={work} onCancel={wish.cancel} />}
      <div role="status">{wish.found && !isBusy && <PlanPart shown={wish.found} wish={wish} />}</div>
    </Card>
  );
}

function Working({ work, onCancel }: { readonly work: PackageWork; readonly onCancel: () => void }) {
  return (
    <div className="packages__work">
      <div className="packages__how-far">
        <span role="status">{work.text}</span>
        <Progress label={words.working} fraction={work.fraction} />
      </div>
      <Button onPress={onCancel}>{words.cancel}</Button>
    </div>
  );
}
