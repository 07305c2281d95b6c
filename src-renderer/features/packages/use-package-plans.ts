// Package plans for views: look up, carry out, remove, cancel. Must not know what views show.

import { useCallback, useState } from 'react';
import type { PackagePlan } from '../../../src-shared/package.ts';
import { PACKAGE_WORDS } from './words.ts';
import { useProgram } from '../../store/use-page.ts';

/** A plan for an addition or an update. */
export interface ShownPlan {
  readonly plan: PackagePlan;
  readonly isUpdate: boolean;
}

export interface PackagePlans {
  /** The latest plan, until it is carried out or dismissed. */
  readonly found: ShownPlan | null;
  readonly lookUp: (spec: string) => void;
  readonly lookUpFile: (file: File) => void;
  readonly lookForUpdates: () => void;
  readonly carryOut: () => void;
  readonly dismiss: () => void;
  readonly remove: (name: string) => void;
  readonly cancel: () => void;
}

export function usePackagePlans(): PackagePlans {
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
    lookUpFile: (file) => show(base64Of(file).then((bytes) => calls.planWheel(file.name, bytes))),
    lookForUpdates: () => show(calls.planUpdates(), true),
    carryOut() {
      if (found === null) return;
      setFound(null);
      void store.attempt(calls.addPackages(found.plan.id)).then((isDone) => {
        if (isDone) store.announce(PACKAGE_WORDS.done);
      });
    },
    dismiss: () => setFound(null),
    remove(name) {
      void store.attempt(calls.removePackage(name)).then((isDone) => {
        if (isDone) store.announce(PACKAGE_WORDS.removed(name));
      });
    },
    cancel: () => void store.attempt(calls.cancelPackageWork()),
  };
}

/** The bytes of a file in base64, as calls carry them. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    // readAsDataURL always yields a text.
    reader.addEventListener('load', () => resolve((reader.result as string).replace(/^data:[^,]*,/, '')));
    reader.addEventListener('error', () => reject(reader.error ?? new DOMException(PACKAGE_WORDS.unreadable)));
    reader.readAsDataURL(file);
  });
}
