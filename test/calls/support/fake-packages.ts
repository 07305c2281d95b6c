// A set of packages that does what a test says, and a forPage in front of it. Must not know how packages are fetched.

import type { PackagePlan, PackagesState } from '../../../src-shared/package.ts';
import { createPackageCalls } from '../../../src-main/calls/package-calls.ts';
import type { PackagesForPage, PackageSet } from '../../../src-main/calls/package-calls.ts';

export const EMPTY_PLAN: PackagePlan = { id: 1, packages: [], bundled: [], gone: [], index: 'localhost', notes: [] };

export interface FakePackages {
  readonly forPage: PackagesForPage;
  readonly told: readonly PackagesState[];
  readonly logged: readonly string[];
}

/** Nothing is bundled or added, and every plan is empty, unless `set` says otherwise. */
export function fakePackages(set: Partial<PackageSet> = {}): FakePackages {
  const told: PackagesState[] = [];
  const logged: string[] = [];
  const forPage = createPackageCalls({
    packages: {
      list: () => [],
      bundled: () => [],
      brings: () => false,
      plan: () => Promise.resolve(EMPTY_PLAN),
      planFile: () => Promise.resolve(EMPTY_PLAN),
      planUpdates: () => Promise.resolve(EMPTY_PLAN),
      carryOut: () => Promise.resolve(),
      remove: () => Promise.resolve(),
      ...set,
    },
    remedyFor: (module) => ({ kind: 'look', package: module }),
    onChange: (state) => void told.push(state),
    planMs: 1_000,
    log: { info: (text) => void logged.push(text), warn: (text) => void logged.push(text) },
  });
  return { forPage, told, logged };
}
