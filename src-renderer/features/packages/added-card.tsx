// Card of the packages that the user added: why each is here, whether it works, and how to remove it.

import { useState } from 'react';
import type { AddedPackage } from '../../../src-shared/package.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { size } from '../../text/figures.ts';
import type { PackagePlans } from './use-package-plans.ts';
import { PACKAGE_WORDS as words } from './words.ts';

export interface AddedCardProps {
  readonly added: readonly AddedPackage[];
  readonly isBusy: boolean;
  readonly plans: Pick<PackagePlans, 'planUpdates' | 'remove' | 'removalFailure'>;
}

export function AddedCard({ added, isBusy, plans }: AddedCardProps) {
  const [leaving, setLeaving] = useState<string | null>(null);
  return (
    <Card
      title={words.added}
      actions={
        added.length > 0 && (
          <Button isDisabled={isBusy} onPress={plans.planUpdates}>
            {words.lookForUpdates}
          </Button>
        )
      }
    >
      {added.length === 0 ? (
        <p className="soft">{words.addedNone}</p>
      ) : (
        <ul className="packages__list">
          {added.map((one) => (
            <li key={one.name} className="packages__row">
              <span className="packages__what">
                <span className="code">
                  {one.name} {one.version}
                </span>
                <span className="small faint">{factsOf(one)}</span>
              </span>
              <span className="soft">
                {one.fault !== null && (
                  <>
                    <Badge tone="bad">{words.faulty}</Badge> {one.fault}
                  </>
                )}
              </span>
              {one.asked !== null && (
                <Button
                  icon="remove"
                  look="quiet"
                  isDisabled={isBusy}
                  aria-label={words.removeOne(one.name)}
                  onPress={() => setLeaving(one.name)}
                >
                  {words.remove}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <div role="alert" className="packages__failure">
        {plans.removalFailure}
      </div>
      <ConfirmDialog
        isOpen={leaving !== null}
        title={words.removeTitle(leaving ?? '')}
        text={words.removeText}
        confirmLabel={words.removeNow}
        cancelLabel={words.keep}
        onConfirm={() => leaving !== null && plans.remove(leaving)}
        onClose={() => setLeaving(null)}
      />
    </Card>
  );
}

function factsOf({ bytes, source, neededBy, imports }: AddedPackage): string {
  const parts = [
    ...(imports.length > 0 ? [words.imports(imports)] : []),
    size(bytes),
    ...(source === 'file' ? [words.fromFile] : []),
    ...(neededBy.length > 0 ? [words.neededBy(neededBy.join(', '))] : []),
  ];
  return parts.join(' · ');
}
