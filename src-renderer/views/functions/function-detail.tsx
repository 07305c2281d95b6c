// All that is known of one function: what it does, how Tableau calls it, and how to be rid of it.

import { useState } from 'react';
import { NO_DOCSTRING } from '../../../src-shared/endpoint.ts';
import type { Endpoint } from '../../../src-shared/endpoint.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Facts } from '../../components/facts.tsx';
import { moment } from '../../figures.ts';
import { schemaText } from '../../state/function-schema.ts';
import { goTo } from '../../state/route.ts';
import { useProgram } from '../../state/use-page.ts';
import { STRINGS } from '../../strings.ts';
import { Formulas } from './formulas.tsx';
import { StatusBadge } from './status-badge.tsx';

const words = STRINGS.functions;

export function FunctionDetail({ endpoint }: { readonly endpoint: Endpoint }) {
  const { name, description, docstring, status, lastError } = endpoint;
  const schema = schemaText(endpoint.schema);
  return (
    <article className="function" aria-label={name}>
      <header className="function__head">
        <h2 className="code">{name}</h2>
        <StatusBadge status={status} />
        <RemoveButton name={name} />
      </header>
      {description && <p className="soft">{description}</p>}
      {lastError && <Banner tone="error">{lastError}</Banner>}
      {docstring && docstring !== NO_DOCSTRING && <pre className="function__docstring">{docstring}</pre>}
      <Facts facts={factsOf(endpoint)} />
      <Formulas endpoint={endpoint} />
      {schema && (
        <section className="function__part" aria-label={words.schema}>
          <h3>{words.schema}</h3>
          <pre className="function__schema">{schema}</pre>
        </section>
      )}
    </article>
  );
}

function factsOf(endpoint: Endpoint) {
  const { type, version, isPublic, creationTime, lastModifiedTime, target, dependencies } = endpoint;
  const now = Date.now();
  return [
    { name: words.kind, value: type === 'alias' && target ? words.alias(target) : words.kinds[type] },
    { name: words.versionName, value: String(version) },
    { name: words.visibility, value: <span title={words.publicHelp}>{isPublic ? words.public : words.private}</span> },
    { name: words.created, value: moment(creationTime * 1000, now) },
    { name: words.modified, value: moment(lastModifiedTime * 1000, now) },
    ...(dependencies.length > 0 ? [{ name: words.dependencies, value: dependencies.join(', ') }] : []),
  ];
}

function RemoveButton({ name }: { readonly name: string }) {
  const { calls, store } = useProgram();
  const [isAsking, setAsking] = useState(false);
  const remove = async (): Promise<void> => {
    if (!(await store.attempt(calls.removeFunction(name)))) return;
    store.announce(words.removed(name));
    goTo('functions');
  };
  return (
    <div className="function__remove">
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
    </div>
  );
}
