// Package plans for views: make, carry out, remove, cancel. Must not know what views show.

import { useCallback, useState } from 'react';
import type { PackagePlan, PackagesAdded } from '../../../src-shared/package.ts';
import { PACKAGE_WORDS } from './words.ts';
import { useOwnFailure } from '../../store/use-own-failure.ts';
import { useProgram } from '../../store/use-page.ts';

/** A plan for an addition or an update. */
export interface ShownPlan {
  readonly plan: PackagePlan;
  readonly isUpdate: boolean;
}

export interface PackagePlans {
  /** The latest plan, until it is carried out or dismissed. */
  readonly found: ShownPlan | null;
  /** What the last plan changed, until it is dismissed or another plan is made. */
  readonly done: PackagesAdded | null;
  /** Why the last plan failed; null when it did not. */
  readonly failure: string | null;
  /** Why the last removal failed. */
  readonly removalFailure: string | null;
  readonly plan: (spec: string) => void;
  readonly planFile: (file: File) => void;
  readonly refuseFile: (why: string) => void;
  readonly planUpdates: () => void;
  readonly carryOut: () => void;
  readonly dismiss: () => void;
  readonly remove: (name: string) => void;
  readonly cancel: () => void;
}

export function usePackagePlans(): PackagePlans {
  const { calls, store } = useProgram();
  const [found, setFound] = useState<ShownPlan | null>(null);
  const [done, setDone] = useState<PackagesAdded | null>(null);
  const { failure, attempt, forget } = useOwnFailure();
  const removing = useOwnFailure();
  const show = useCallback(
    (asked: Promise<PackagePlan>, isUpdate = false): void => {
      setFound(null);
      setDone(null);
      void attempt(asked.then((plan) => setFound({ plan, isUpdate })));
    },
    [attempt],
  );
  const plan = useCallback((spec: string) => show(calls.planPackage(spec)), [calls, show]);
  return {
    found,
    done,
    failure,
    removalFailure: removing.failure,
    plan,
    planFile: (file) => show(base64Of(file).then((bytes) => calls.planWheel(file.name, bytes))),
    refuseFile: (why) => show(Promise.reject(new DOMException(why))),
    planUpdates: () => show(calls.planUpdates(), true),
    carryOut() {
      if (found === null) return;
      setFound(null);
      void attempt(calls.addPackages(found.plan.id).then(setDone)).then((isDone) => {
        if (isDone) store.announce(PACKAGE_WORDS.done);
      });
    },
    dismiss() {
      setFound(null);
      setDone(null);
      forget();
    },
    remove(name) {
      void removing.attempt(calls.removePackage(name)).then((isDone) => {
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
