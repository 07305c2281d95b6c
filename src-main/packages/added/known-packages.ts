// What can be done about a module that scripts import in vain. Pure; the same table as Python's own words (missing.py).

import type { Remedy } from '../../../src-shared/package.ts';
import table from '../../python/tabpy_tray/hints.json' with { type: 'json' };
import { normalName } from './added-set.ts';
import type { PyodideBuild } from '../store/pyodide-builds.ts';

type Need = keyof typeof table.needs;

interface KnownPackage {
  readonly package: string;
  readonly imports: readonly string[];
  readonly needs?: readonly Need[];
  readonly instead?: string;
}

const known = table.packages as readonly KnownPackage[];
const byImport = new Map(known.flatMap((one) => one.imports.map((module) => [module, one] as const)));
// A package is often named as its module: who asks for `torch` by its name wants the same words.
const byName = new Map(
  known.flatMap((one) => [one.package, ...one.imports].map((name) => [normalName(name), one] as const)),
);

export type Builds = Readonly<Record<string, Pick<PyodideBuild, 'imports'>>>;

/** @param module a top-level name, as the script said it */
export function remedyFor(module: string, builds: Builds): Remedy {
  const found = byImport.get(module);
  if (found) {
    const instead = obstacleOf(found);
    return instead === null
      ? { kind: 'add', package: found.package }
      : { kind: 'cannot', package: found.package, instead };
  }
  const [build] = Object.entries(builds).find(([, { imports }]) => imports.includes(module)) ?? [];
  return build === undefined ? { kind: 'look', package: module } : { kind: 'add', package: build };
}

/** Why a package does nothing here, and what to use instead of it; null where nothing is known. */
export function insteadOf(packageName: string): string | null {
  const found = byName.get(normalName(packageName));
  return found ? obstacleOf(found) : null;
}

/** What keeps a package from doing anything here; one that reads files works on those that scripts see. */
function obstacleOf({ package: name, needs = [], instead }: KnownPackage): string | null {
  if (instead !== undefined) return instead;
  const need = needs.find((one) => one !== 'file');
  return need === undefined ? null : `${name} ${table.needs[need]}`;
}
