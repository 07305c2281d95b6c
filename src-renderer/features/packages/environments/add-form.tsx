// Form that adds an existing environment: one that was found, or one by its path.

import { useState } from 'react';
import type { FormEvent } from 'react';
import type { FoundPython } from '../../../../src-shared/environment.ts';
import { Button } from '../../../components/button.tsx';
import { SmallField } from '../../../components/small-field.tsx';
import { useChoosePath } from '../../../store/use-choose-path.ts';
import { useProgram } from '../../../store/use-page.ts';
import type { EnvironmentActions } from './use-environments.ts';
import { ENVIRONMENT_WORDS as words } from './words.ts';

export interface FormProps {
  readonly actions: EnvironmentActions;
  readonly isBusy: boolean;
  readonly onClose: () => void;
}

export function AddForm({ actions, isBusy, onClose }: FormProps) {
  const { found, isFinding } = actions;
  const { store } = useProgram();
  const choose = useChoosePath();
  const [path, setPath] = useState('');
  const isReady = path.trim() !== '' && !isBusy;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isReady && (await actions.add(path.trim()))) setPath('');
  };
  const chooseFolder = (): void => {
    if (choose !== null) void store.attempt(choose('environment').then((chosen) => chosen !== null && setPath(chosen)));
  };
  return (
    <section className="environments__panel" aria-label={words.addTitle}>
      <p className="soft">{words.addLead}</p>
      <form className="environments__form" onSubmit={(event) => void submit(event)}>
        <SmallField label={words.path} value={path} onChange={setPath} placeholder={words.pathHint} isCode />
        {choose !== null && (
          <Button icon="folder" onPress={chooseFolder}>
            {words.choose}
          </Button>
        )}
        <Button type="submit" look="main" isDisabled={!isReady}>
          {words.add}
        </Button>
      </form>
      <FoundList found={found} isFinding={isFinding} isBusy={isBusy} onAdd={(python) => void actions.add(python)} />
      <div className="packages__act">
        <Button isDisabled={isFinding} onPress={actions.find}>
          {words.find}
        </Button>
        <Button look="quiet" onPress={onClose}>
          {words.close}
        </Button>
      </div>
    </section>
  );
}

interface FoundListProps {
  readonly found: readonly FoundPython[] | null;
  readonly isFinding: boolean;
  readonly isBusy: boolean;
  readonly onAdd: (python: string) => void;
}

function FoundList({ found, isFinding, isBusy, onAdd }: FoundListProps) {
  if (found === null) return isFinding ? <p role="status">{words.finding}</p> : null;
  if (found.length === 0) return <p className="soft">{words.foundNone}</p>;
  return (
    <div>
      <h3>{words.found}</h3>
      <ul className="packages__list">
        {found.map(({ kind, python, version }) => (
          <li key={python} className="environments__found">
            <span className="environments__what">
              <span className="code">{python}</span>
              <span className="small faint">{words.foundFacts(words.kinds[kind], version)}</span>
            </span>
            <Button isDisabled={isBusy} aria-label={words.addOne(python)} onPress={() => onAdd(python)}>
              {words.add}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
