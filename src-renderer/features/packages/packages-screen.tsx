// Packages screen: add a package, missing, added and included packages, environments. Must not know how packages are stored.

import { useEffect } from 'react';
import { usePackagePlans } from './use-package-plans.ts';
import { usePage } from '../../store/use-page.ts';
import { AddCard } from './add-card.tsx';
import { AddedCard } from './added-card.tsx';
import { BundledCard } from './bundled-card.tsx';
import { EnvironmentsCard } from './environments/environments-card.tsx';
import { MissingCard } from './missing-card.tsx';
import './packages-screen.css';

/** @param wanted a package to plan at once, because the user chose it on another screen */
export function PackagesScreen({ wanted }: { readonly wanted: string | null }) {
  const { bundled, added, missing, work } = usePage((page) => page.packages);
  const plans = usePackagePlans();
  const { plan } = plans;
  useEffect(() => {
    if (wanted !== null && wanted !== '') plan(wanted);
  }, [wanted, plan]);
  const isBusy = work !== null;
  return (
    <div className="packages">
      <AddCard key={wanted} plans={plans} work={work} wanted={wanted} bundled={bundled} />
      <MissingCard missing={missing} isBusy={isBusy} onAdd={plan} />
      <AddedCard added={added} isBusy={isBusy} plans={plans} />
      <EnvironmentsCard />
      <BundledCard bundled={bundled} />
    </div>
  );
}
