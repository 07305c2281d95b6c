// Card that adds a package, by name or from a file: what will be added, and the progress.

import { useState } from 'react';
import type { FormEvent } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { MOST_SPEC_CHARACTERS } from '../../../src-shared/package.ts';
import type { BundledPackage, PackageWork } from '../../../src-shared/package.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { FileDrop } from '../../components/file-drop.tsx';
import { Progress } from '../../components/progress.tsx';
import { DonePart } from './done-part.tsx';
import { IncludedNote, includedAs } from './included-note.tsx';
import type { PackagePlans } from './use-package-plans.ts';
import { PACKAGE_WORDS as words } from './words.ts';
import { PlanPart } from './plan-part.tsx';

const ENDING = '.whl';

export interface AddCardProps {
  readonly plans: PackagePlans;
  readonly work: PackageWork | null;
  readonly wanted: string | null;
  readonly bundled: readonly BundledPackage[];
}

export function AddCard({ plans, work, wanted, bundled }: AddCardProps) {
  const [name, setName] = useState(wanted ?? '');
  const isBusy = work !== null;
  const included = includedAs(name, bundled);
  const isReady = name.trim() !== '' && !isBusy && included === null;
  const plan = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) plans.plan(name.trim());
  };
  const planFile = (file: File): void => {
    if (file.name.endsWith(ENDING)) plans.planFile(file);
    else plans.refuseFile(words.noWheel(file.name));
  };
  return (
    <Card title={words.add}>
      <p className="soft packages__lead">{words.addLead}</p>
      <FileDrop
        label={words.chooseFile}
        hint={words.dropFile}
        accepted={[ENDING]}
        isDisabled={isBusy}
        onFile={planFile}
      >
        <form className="packages__form" onSubmit={plan}>
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
          <Button type="submit" look={plans.found ? 'plain' : 'main'} isDisabled={!isReady}>
            {words.plus}
          </Button>
        </form>
        <IncludedNote included={included} />
      </FileDrop>
      {work && <Working work={work} onCancel={plans.cancel} />}
      <div role="alert" className="packages__failure">
        {plans.failure}
      </div>
      <div role="status">{plans.done && <DonePart done={plans.done} onDismiss={plans.dismiss} />}</div>
      <div role="status">{plans.found && !isBusy && <PlanPart shown={plans.found} plans={plans} />}</div>
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
