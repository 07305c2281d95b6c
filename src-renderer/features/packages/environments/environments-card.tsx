// Card of the environments: the list, and forms to add or make one. Must not know how they are made.

import { useState } from 'react';
import { BUILTIN } from '../../../../src-shared/environment.ts';
import { Button } from '../../../components/button.tsx';
import { Card } from '../../../components/card.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { Progress } from '../../../components/progress.tsx';
import { usePage } from '../../../store/use-page.ts';
import { AddForm } from './add-form.tsx';
import { EnvironmentRow } from './environment-row.tsx';
import { MakeForm } from './make-form.tsx';
import { useEnvironments } from './use-environments.ts';
import { ENVIRONMENT_WORDS as words } from './words.ts';
import './environments.css';

type Form = 'add' | 'make' | null;

export function EnvironmentsCard() {
  const { environments, standard, work } = usePage((page) => page.environments);
  const actions = useEnvironments();
  const [form, setForm] = useState<Form>(null);
  const [leaving, setLeaving] = useState<string | null>(null);
  const open = (next: Form): void => {
    actions.forget();
    setForm(next);
    if (next === 'add' && actions.found === null) actions.find();
  };
  const close = (): void => open(null);
  const kind = environments.find(({ name }) => name === leaving)?.kind ?? 'existing';
  return (
    <Card
      title={words.title}
      actions={
        <>
          <Button aria-expanded={form === 'add'} onPress={() => open(form === 'add' ? null : 'add')}>
            {words.addTitle}
          </Button>
          <Button aria-expanded={form === 'make'} onPress={() => open(form === 'make' ? null : 'make')}>
            {words.makeTitle}
          </Button>
        </>
      }
    >
      <p className="soft packages__lead">{words.lead}</p>
      <p className="soft packages__lead">{standard === null ? words.unused : words.standard(standard)}</p>
      {form === 'add' && <AddForm actions={actions} isBusy={work !== null} onClose={close} />}
      {form === 'make' && <MakeForm actions={actions} isBusy={work !== null} onClose={close} />}
      {work && (
        <div className="packages__work">
          <div className="packages__how-far">
            <span role="status">{work.text}</span>
            <Progress label={words.working} fraction={work.fraction} />
          </div>
          <Button onPress={actions.cancel}>{words.cancel}</Button>
        </div>
      )}
      <div role="alert" className="packages__failure">
        {actions.failure}
      </div>
      {environments.length === 0 ? (
        <p className="soft environments__none">{words.none}</p>
      ) : (
        <ul className="packages__list">
          {environments.map((one) => (
            <EnvironmentRow
              key={one.name}
              environment={one}
              standard={standard}
              isBusy={work !== null}
              actions={actions}
              onRemove={() => setLeaving(one.name)}
            />
          ))}
        </ul>
      )}
      {standard !== null && standard !== BUILTIN && (
        <Button onPress={() => actions.choose(BUILTIN)}>{words.chooseBuiltin}</Button>
      )}
      <ConfirmDialog
        isOpen={leaving !== null}
        title={words.removeTitle(leaving ?? '')}
        text={words.removeTexts[kind]}
        confirmLabel={words.removeNow}
        cancelLabel={words.keep}
        onConfirm={() => leaving !== null && actions.remove(leaving)}
        onClose={() => setLeaving(null)}
      />
    </Card>
  );
}
