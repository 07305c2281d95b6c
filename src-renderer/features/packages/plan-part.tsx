// Plan of an addition or update: what would be downloaded. Nothing is downloaded yet.

import { isIdle } from '../../../src-shared/package.ts';
import type { PlannedPackage } from '../../../src-shared/package.ts';
import { Button } from '../../components/button.tsx';
import { size } from '../../text/figures.ts';
import type { PackagePlans, ShownPlan } from './use-package-plans.ts';
import { WORDS } from '../../text/words.ts';
import { PACKAGE_WORDS as words } from './words.ts';

export function PlanPart({ shown, plans }: { readonly shown: ShownPlan; readonly plans: PackagePlans }) {
  const { plan, isUpdate } = shown;
  const { index, bundled, gone, notes } = plan;
  const coming = plan.packages.filter((one) => !one.isThere);
  const there = [...plan.packages.filter((one) => one.isThere), ...bundled];
  const nothing = isUpdate ? words.nothingNewer : words.nothingToDo;
  return (
    <section className="packages__plan" aria-label={isUpdate ? words.update : words.plan}>
      <h3>{isUpdate ? words.update : words.plan}</h3>
      {notes.map((note) => (
        <p key={note} className="soft">
          {note}
        </p>
      ))}
      {isIdle(plan) && notes.length === 0 && <p className="soft">{nothing}</p>}
      <ul className="packages__list">
        {coming.map((one) => (
          <PlanRow key={one.name} one={one} index={index} />
        ))}
        {gone.map(({ name, version }) => (
          <li key={name} className="packages__row">
            <span className="packages__what code">
              {name} {version}
            </span>
            <span className="soft">{words.goes}</span>
          </li>
        ))}
      </ul>
      {coming.length > 0 && there.length > 0 && (
        <p className="soft small">
          {words.alreadyHere(there.map(({ name, version }) => `${name} ${version}`).join(', '))}
        </p>
      )}
      {coming.length > 0 && <p className="soft small">{words.sealed}</p>}
      <div className="packages__act">
        {!isIdle(plan) && (
          <Button look="main" onPress={plans.carryOut} autoFocus>
            {isUpdate ? words.updateNow : words.addNow(coming.length)}
          </Button>
        )}
        <Button look="quiet" onPress={plans.dismiss}>
          {isIdle(plan) ? WORDS.dismiss : words.notNow}
        </Button>
      </div>
    </section>
  );
}

function PlanRow({ one, index }: { readonly one: PlannedPackage; readonly index: string }) {
  const { name, version, before, bytes, source, neededBy, isAsked } = one;
  const facts = [
    ...(before === null ? [] : [words.instead(before)]),
    ...(bytes === null ? [] : [size(bytes)]),
    words.sources[source](index),
    ...(isAsked ? [] : [words.neededBy(neededBy.join(', '))]),
  ];
  return (
    <li className="packages__row">
      <span className="packages__what code">
        {name} {version}
      </span>
      <span className="soft">{facts.join(' · ')}</span>
    </li>
  );
}
