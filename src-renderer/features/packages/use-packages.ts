// Looking packages up, and carrying out what was found, for views. Must not know what they show.

import { useCallback, useState } from 'react';
import type { PackagePlan } from '../../../src-shared/package.ts';
import { STRINGS } from '../../words.ts';
import { useProgram } from '../../store/use-page.ts';

/** A plan, and why it was made. */
export interface ShownPlan {
  readonly plan: PackagePlan;
  readonly isUpdate: boolean;
}

export interface PackageWish {
  /** What was found last, until it is carried out or let go. */
  readonly found: ShownPlan | null;
  readonly lookUp: (spec: string) => void;
  readonly lookInto: (file: File) => void;
  readonly lookForUpdates: () => void;
  readonly carryOut: () => void;
  readonly letGo: () => void;
  readonly remove: (name: string) => void;
  readonly cancel: () => void;
}

export function usePackageWish(): PackageWish {
  const { calls, store } = useProgram();
  const [found, setFound] = useState<ShownPlan | null>(null);
  const show = useCallback(
    (asked: Promise<PackagePlan>, isUpdate = false): void => {
      setFound(null);
      void store.attempt(asked.then((plan) => setFound({ plan, isUpdate })));
    },
    [store],
  );
  const lookUp = useCallback((spec: string) => show(calls.planPackage(spec)), [calls, show]);
  return {
    found,
    lookUp,
    lookInto: (file) => show(base64Of(file).then((bytes) => calls.planWheel(file.name, bytes))),
    lookForUpdates: () => show(calls.planUpdates(), true),
    carryOut() {
      if (found === null) return;
      setFound(null);
      void store.attempt(calls.addPackages(found.plan.id)).then((isDone) => {
        if (isDone) store.announce(STRINGS.packages.done);
      });
    },
    letGo: () => setFound(null),
    remove(name) {
      void store.attempt(calls.removePackage(name)).then((isDone) => {
        if (isDone) store.announce(STRINGS.packages.removed(name));
      });
    },
    cancel: () => void store.attempt(calls.cancelPackageWork()),
  };
}

/** A file's bytes as a call carries them. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    // What readAsDataURL reads is text.
    reader.addEventListener('load', () => resolve((reader.result as string).replace(/^data:[^,]*,/, '')));
    reader.addEventListener('error', () => reject(reader.error ?? new DOMException('The file cannot be read.')));
    reader.readAsDataURL(file);
  });
}
