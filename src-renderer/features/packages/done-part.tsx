// What was added: what scripts can import now, and the requests that missed it.

import type { AddedPackage, PackagesAdded } from '../../../src-shared/package.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { hashOf } from '../../store/route.ts';
import { usePage } from '../../store/use-page.ts';
import { WORDS } from '../../text/words.ts';
import { PACKAGE_WORDS as words } from './words.ts';

export function DonePart({ done, onDismiss }: { readonly done: PackagesAdded; readonly onDismiss: () => void }) {
  const requests = usePage((page) => page.requests);
  const kept = done.found.filter(({ request }) => requests.some(({ id }) => id === request));
  const faulty = done.packages.filter((one) => one.fault !== null);
  const asked = done.packages.filter((one) => one.asked !== null && one.fault === null);
  return (
    <Banner tone={faulty.length > 0 ? 'warn' : 'info'} actions={<Button onPress={onDismiss}>{WORDS.dismiss}</Button>}>
      <p>{words.nowThere(done.packages.map(versionOf).join(', '))}</p>
      {asked.length > 0 && <p>{words.nowWorks(importsOf(asked))}</p>}
      {faulty.map((one) => (
        <p key={one.name}>{words.nowFaulty(versionOf(one), one.fault ?? '')}</p>
      ))}
      {kept.map(({ module, request }) => (
        <p key={module}>
          {words.missedBy(module)} <a href={hashOf('requests', String(request))}>{words.toRequest(request)}</a>
        </p>
      ))}
    </Banner>
  );
}

function versionOf({ name, version }: AddedPackage): string {
  return `${name} ${version}`;
}

function importsOf(packages: readonly AddedPackage[]): readonly string[] {
  return packages.flatMap((one) => one.imports);
}
