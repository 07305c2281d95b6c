// Form that makes a function from a script: names for the function and its arguments, then on to the editor.

import { useState } from 'react';
import type { RequestDetail } from '../../../../src-shared/request-record.ts';
import { Button } from '../../../components/button.tsx';
import { SmallField } from '../../../components/small-field.tsx';
import { draftOf } from '../../../store/draft.ts';
import { isPythonName, promotionOf, suggestedFunction, suggestedNames } from './promotion.ts';
import type { Promotion } from './promotion.ts';
import { renamedData } from '../../../store/test-data.ts';
import { useBeginDraft } from '../../../store/use-authoring.ts';
import { usePage, useProgram } from '../../../store/use-page.ts';
import { INSPECTOR_WORDS, PROMOTE_WORDS as words } from './words.ts';

export interface PromoteFormProps {
  readonly detail: RequestDetail;
  readonly script: string;
  readonly onCancel: () => void;
}

export function PromoteForm({ detail, script, onCancel }: PromoteFormProps) {
  const promotion = promotionOf(detail);
  return promotion === null ? (
    <p className="soft">{INSPECTOR_WORDS.notKept}</p>
  ) : (
    <Names promotion={promotion} script={script} onCancel={onCancel} />
  );
}

interface NamesProps extends Omit<PromoteFormProps, 'detail'> {
  readonly promotion: Promotion;
}

function Names({ promotion, script, onCancel }: NamesProps) {
  const { calls, store } = useProgram();
  const begin = useBeginDraft();
  const taken = usePage((page) => page.functions);
  const [name, setName] = useState(() => suggestedFunction(taken.map((one) => one.name)));
  const [names, setNames] = useState(() => suggestedNames(promotion.arguments.length));
  const [isWaiting, setWaiting] = useState(false);
  const faultOf = (one: string): string | null => {
    if (!isPythonName(one)) return words.fault;
    return names.filter((other) => other === one).length > 1 ? words.twice : null;
  };
  const isReady = isPythonName(name) && names.every((one) => faultOf(one) === null) && !isWaiting;
  const promote = async (): Promise<void> => {
    setWaiting(true);
    let source = '';
    const asked = calls.promoteScript(script, name, [...names]).then((text) => (source = text));
    const isDone = await store.attempt(asked);
    setWaiting(false);
    if (!isDone) return;
    const renamed = Object.fromEntries(
      promotion.arguments.map(({ argument }, index) => [argument, names[index] ?? '']),
    );
    const data = renamedData(promotion.data, renamed);
    begin(draftOf('promoted', { source, functionName: name, name, isNamed: false, data, captured: data }));
  };
  return (
    <section className="promote" aria-label={words.title}>
      <h3>{words.title}</h3>
      <p className="soft">{words.lead}</p>
      <div className="promote__names">
        <SmallField
          label={words.name}
          value={name}
          onChange={setName}
          fault={isPythonName(name) ? null : words.fault}
          isCode
        />
        {promotion.arguments.map(({ argument, sample }, index) => (
          <SmallField
            key={argument}
            label={words.argument(argument)}
            note={words.sample(short(sample))}
            value={names[index] ?? ''}
            onChange={(text) => setNames(names.with(index, text))}
            fault={faultOf(names[index] ?? '')}
            isCode
          />
        ))}
      </div>
      <div className="inspector__buttons">
        <Button look="main" isDisabled={!isReady} onPress={() => void promote()}>
          {words.go}
        </Button>
        <Button look="quiet" onPress={onCancel}>
          {words.cancel}
        </Button>
      </div>
    </section>
  );
}

function short(text: string): string {
  return text.length > 18 ? `${text.slice(0, 17)}…` : text;
}
