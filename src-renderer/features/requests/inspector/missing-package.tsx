// What can be done for a request that failed because a package is missing; the reason above says what to use instead.
// The name comes from the script.

import { Banner } from '../../../components/banner.tsx';
import { Button } from '../../../components/button.tsx';
import { goTo } from '../../../store/route.ts';
import { usePage } from '../../../store/use-page.ts';
import { INSPECTOR_WORDS as words } from './words.ts';

/** Leads to the package, where it can be added. */
export function AddPackage({ module }: { readonly module: string }) {
  const remedy = useMissing(module)?.remedy;
  if (remedy === undefined || remedy.kind === 'cannot') return null;
  const name = remedy.package;
  return <Button onPress={() => goTo('packages', name)}>{words.addOne(name)}</Button>;
}

/** Says that the package is not missing any more. */
export function AddedSince({ module }: { readonly module: string }) {
  return useMissing(module) === undefined ? <Banner tone="info">{words.missingAdded(module)}</Banner> : null;
}

function useMissing(module: string) {
  return usePage((page) => page.packages.missing.find((one) => one.module === module));
}
