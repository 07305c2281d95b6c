// Banner of a request that failed because a package is missing: how to add it, or what to use instead. The name comes
// from the script.

import { Banner } from '../../../components/banner.tsx';
import { Button } from '../../../components/button.tsx';
import { goTo } from '../../../store/route.ts';
import { usePage } from '../../../store/use-page.ts';
import { INSPECTOR_WORDS as words } from './words.ts';

export function MissingPackage({ module }: { readonly module: string }) {
  const found = usePage((page) => page.packages.missing.find((one) => one.module === module));
  if (!found) return <Banner tone="info">{words.missingAdded(module)}</Banner>;
  const { remedy } = found;
  const name = remedy.package;
  return (
    <Banner
      tone="info"
      actions={remedy.kind !== 'cannot' && <Button onPress={() => goTo('packages', name)}>{words.addOne(name)}</Button>}
    >
      {words.missingHere(module)} {remedy.kind === 'cannot' ? remedy.instead : null}
    </Banner>
  );
}
