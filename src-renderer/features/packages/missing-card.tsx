// Card of the packages that scripts tried to import: how to add each, or what to use instead. Names come from scripts.

import type { MissingModule } from '../../../src-shared/package.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { hashOf } from '../../store/route.ts';
import { usePage } from '../../store/use-page.ts';
import { moment } from '../../text/figures.ts';
import { PACKAGE_WORDS as words } from './words.ts';

export interface MissingCardProps {
  readonly missing: readonly MissingModule[];
  readonly isBusy: boolean;
  readonly onAdd: (name: string) => void;
}

export function MissingCard({ missing, isBusy, onAdd }: MissingCardProps) {
  const requests = usePage((page) => page.requests);
  if (missing.length === 0) return null;
  return (
    <Card title={words.missing}>
      <p className="soft packages__lead">{words.missingLead}</p>
      <ul className="packages__list">
        {missing.map((one) => (
          <li key={one.module} className="packages__row">
            <span className="packages__what">
              <span className="code">{one.module}</span>
              <span className="small faint">{words.times(one.count, moment(one.lastAt, Date.now()))}</span>
              {requests.some(({ id }) => id === one.request) && (
                <a className="small" href={hashOf('requests', String(one.request))}>
                  {words.toRequest(one.request)}
                </a>
              )}
            </span>
            <span className="soft">{explanationOf(one)}</span>
            {one.remedy.kind !== 'cannot' && (
              <Button
                isDisabled={isBusy}
                aria-label={words.addOne(one.remedy.package)}
                onPress={() => onAdd(one.remedy.package)}
              >
                {words.plus}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function explanationOf({ remedy }: MissingModule): string {
  switch (remedy.kind) {
    case 'add':
      return words.remedies.add(remedy.package);
    case 'look':
      return words.remedies.look;
    case 'cannot':
      return remedy.instead;
  }
}
