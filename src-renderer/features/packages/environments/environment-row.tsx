// One environment of the list: what it is, its packages, and what can be done with it.

import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Environment } from '../../../../src-shared/environment.ts';
import { Badge } from '../../../components/badge.tsx';
import { Button } from '../../../components/button.tsx';
import { SmallField } from '../../../components/small-field.tsx';
import type { EnvironmentActions } from './use-environments.ts';
import { ENVIRONMENT_WORDS as words } from './words.ts';

export interface EnvironmentRowProps {
  readonly environment: Environment;
  readonly standard: string | null;
  readonly isBusy: boolean;
  readonly actions: EnvironmentActions;
  readonly onRemove: () => void;
}

export function EnvironmentRow({ environment, standard, isBusy, actions, onRemove }: EnvironmentRowProps) {
  const { name, kind, version, packages, python, fault } = environment;
  const [isOpen, setOpen] = useState(false);
  const isDefault = name === standard;
  const look = actions.look?.environment.name === name ? actions.look : null;
  return (
    <li className="environments__row">
      <div className="environments__head">
        <span className="environments__what">
          <span>
            <span className="code">{name}</span> {isDefault && <Badge tone="good">{words.isDefault}</Badge>}
          </span>
          <span className="small faint">{words.facts(version, kind, packages.length)}</span>
          {kind === 'existing' && <span className="small faint code">{python}</span>}
        </span>
        <span className="environments__buttons">
          <Button look="quiet" aria-expanded={isOpen} aria-label={words.showOf(name)} onPress={() => setOpen(!isOpen)}>
            {words.show}
          </Button>
          <Button
            look="quiet"
            isDisabled={isBusy}
            aria-label={words.lookAt(name)}
            onPress={() => actions.lookInto(name)}
          >
            {words.look}
          </Button>
          {standard !== null && !isDefault && (
            <Button look="quiet" aria-label={words.chooseOne(name)} onPress={() => actions.choose(name)}>
              {words.choice}
            </Button>
          )}
          <Button
            icon="remove"
            look="quiet"
            isDisabled={isBusy || isDefault}
            aria-label={words.removeOne(name)}
            onPress={onRemove}
          >
            {words.remove}
          </Button>
        </span>
      </div>
      {fault !== null && (
        <p>
          <Badge tone="bad">{words.attention}</Badge> {fault}
        </p>
      )}
      {look && <p role="status">{look.changes.length > 0 ? look.changes.join(' ') : words.unchanged}</p>}
      {isOpen && (
        <div className="environments__inside">
          {kind === 'managed' && <p className="code small faint environments__packages">{python}</p>}
          <p className="code small environments__packages">
            {packages.length > 0 ? packages.map((one) => `${one.name} ${one.version}`).join(', ') : words.noPackages}
          </p>
          {kind === 'managed' && <ChangeForm name={name} isBusy={isBusy} change={actions.change} />}
        </div>
      )}
    </li>
  );
}

interface ChangeFormProps extends Pick<EnvironmentActions, 'change'> {
  readonly name: string;
  readonly isBusy: boolean;
}

function ChangeForm({ name, isBusy, change }: ChangeFormProps) {
  const [added, setAdded] = useState('');
  const [removed, setRemoved] = useState('');
  const isReady = !isBusy && `${added}${removed}`.trim() !== '';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!isReady || !(await change(name, namesIn(added), namesIn(removed)))) return;
    setAdded('');
    setRemoved('');
  };
  return (
    <form className="environments__form" onSubmit={(event) => void submit(event)}>
      <SmallField label={words.toAdd} note={words.apart} value={added} onChange={setAdded} isCode />
      <SmallField label={words.toRemove} note={words.apart} value={removed} onChange={setRemoved} isCode />
      <Button type="submit" isDisabled={!isReady}>
        {words.change}
      </Button>
    </form>
  );
}

function namesIn(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((one) => one !== '');
}
