// Card of the deployed functions: how many are ready, loading or failed.

import type { LoadStatus } from '../../../src-shared/function.ts';
import { Badge } from '../../components/badge.tsx';
import { Card } from '../../components/card.tsx';
import { hashOf } from '../../store/route.ts';
import { usePage } from '../../store/use-page.ts';
import { HOME_WORDS as words } from './words.ts';

const MOST_NAMES = 5;

export function FunctionsCard() {
  const functions = usePage((page) => page.functions);
  const countOf = (status: LoadStatus): number => functions.filter((one) => one.status === status).length;
  const [ready, failed, loading] = [countOf('LoadSuccessful'), countOf('LoadFailed'), countOf('LoadInProgress')];
  const latest = functions.toSorted((one, other) => other.lastModifiedTime - one.lastModifiedTime);
  return (
    <Card title={words.functions} actions={functions.length > 0 && <a href={hashOf('functions')}>{words.showAll}</a>}>
      {functions.length === 0 ? (
        <p className="soft">{words.noFunctions}</p>
      ) : (
        <>
          <div className="home__counts">
            {ready > 0 && <Badge tone="good">{words.ready(ready)}</Badge>}
            {loading > 0 && <Badge tone="active">{words.loading(loading)}</Badge>}
            {failed > 0 && <Badge tone="bad">{words.failed(failed)}</Badge>}
          </div>
          <ul className="home__list">
            {latest.slice(0, MOST_NAMES).map(({ name, description }) => (
              <li key={name} className="home__list-item">
                <a className="code home__name" href={hashOf('functions', name)}>
                  {name}
                </a>
                <span className="home__about faint">{description}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
