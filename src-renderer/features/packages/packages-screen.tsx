// Python packages: what is missing, what was added, what is bundled, and adding more. Must not know how packages are kept.

import { useEffect } from 'react';
import { usePackageWish } from './use-packages.ts';
import { usePage } from '../../store/use-page.ts';
import { AddCard } from './add-card.tsx';
import { AddedCard } from './added-card.tsx';
import { BundledCard } from './bundled-card.tsx';
import { MissingCard } from './missing-card.tsx';
import './packages-screen.css';

/** @param wanted a package to look up at once: somebody asked for it on another screen */
export function PackagesScreen({ wanted }: { readonly wanted: string | null }) {
  const { bundled, added, missing, work } = usePage((page) => page.packages);
  const wish = usePackageWish();
  const { lookUp } = wish;
  useEffect(() => {
    if (wanted !== null && wanted !== '') lookUp(wanted);
  }, [wanted, lookUp]);
  const isBusy = work !== null;
  return (
    <div className="packages">
      <AddCard key={wanted} wish={wish} work={work} wanted={wanted} />
      <MissingCard missing={missing} isBusy={isBusy} onLookUp={lookUp} />
      <AddedCard added={added} isBusy={isBusy} wish={wish} />
      <BundledCard bundled={bundled} />
    </div>
  );
}
