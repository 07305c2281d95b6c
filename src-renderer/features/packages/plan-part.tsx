// What an addition would bring along: nothing was fetched yet.

import { isIdle } from '../../../src-shared/package.ts';
import type { PlannedPackage } from '../../../src-shared/package.ts';
import { Button } from '../../components/button.tsx';
import { size } from '../../figures.ts';
import type { PackageWish, ShownPlan } from './use-packages.ts';
import { STRINGS } from '../../words.ts';

const words = STRINGS.packages;

export function PlanPart({ shown, wish }: { readonly shown: ShownPlan; readonly wish: PackageWish }) {
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
          <Button look="main" onPress={wish.carryOut} autoFocus>
            {isUpdate ? words.updateNow : words.addNow(coming.length)}
          </Button>
        )}
        <Button look="quiet" onPress={wish.letGo}>
          {isIdle(plan) ? STRINGS.dismiss : words.notNow}
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
