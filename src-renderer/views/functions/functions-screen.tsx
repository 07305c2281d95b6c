// The deployed functions: a list to search, and one of them beside it. Must not know how they are kept.

import { useState } from 'react';
import type { Endpoint } from '../../../src-shared/endpoint.ts';
import { ChoiceList } from '../../components/choice-list.tsx';
import { CodeBlock } from '../../components/code-block.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SearchBox } from '../../components/fields.tsx';
import { shortMoment } from '../../figures.ts';
import { deployExample } from '../../state/formulas.ts';
import { foundFunctions } from '../../state/found-functions.ts';
import { goTo } from '../../state/route.ts';
import { useCopy } from '../../state/use-copy.ts';
import { useServerUrl } from '../../state/use-server-url.ts';
import { usePage } from '../../state/use-page.ts';
import { STRINGS } from '../../strings.ts';
import { DeployModels } from './deploy-models.tsx';
import { FunctionDetail } from './function-detail.tsx';
import { StatusBadge } from './status-badge.tsx';
import './functions-screen.css';

const words = STRINGS.functions;

export function FunctionsScreen({ name }: { readonly name: string | null }) {
  const functions = usePage((page) => page.functions);
  const [search, setSearch] = useState('');
  if (functions.length === 0) return <NoFunctions />;
  const found = foundFunctions(functions, search);
  const chosen = functions.find((one) => one.name === name);
  return (
    <div className="functions">
      <div className="functions__list">
        <SearchBox label={words.search} placeholder={words.search} value={search} onChange={setSearch} />
        <ChoiceList
          label={words.list}
          items={found.map(itemOf)}
          chosen={chosen?.name ?? null}
          onChoose={(id) => goTo('functions', id)}
          nothing={words.nothingFound}
        />
      </div>
      <div className="functions__detail">
        {chosen ? (
          <FunctionDetail key={chosen.name} endpoint={chosen} />
        ) : (
          <EmptyState icon="functions" title={words.choose} />
        )}
      </div>
    </div>
  );
}

function itemOf(endpoint: Endpoint) {
  const { name, version, isPublic, lastModifiedTime } = endpoint;
  const parts = [
    words.version(version),
    ...(isPublic ? [words.public] : []),
    shortMoment(lastModifiedTime * 1000, Date.now()),
  ];
  return { id: name, title: name, badge: <StatusBadge status={endpoint.status} />, note: parts.join(' · ') };
}

function NoFunctions() {
  const copy = useCopy();
  const url = useServerUrl();
  return (
    <div className="functions__none">
      <EmptyState icon="functions" title={words.emptyTitle}>
        <p>{words.empty}</p>
        <div className="functions__example">
          <CodeBlock text={deployExample(url)} copyLabel={words.copyExample} onCopy={copy} />
        </div>
        <p>{words.orModels}</p>
        <DeployModels />
      </EmptyState>
    </div>
  );
}
