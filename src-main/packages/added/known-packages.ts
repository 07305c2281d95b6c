// What a user can do about a missing module that scripts import. Pure; the same table as Python's (missing.py).

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
// A package often has the name of its module: a search for `torch` gets the same text.
const byName = new Map(
  known.flatMap((one) => [one.package, ...one.imports].map((name) => [normalName(name), one] as const)),
);

export type Builds = Readonly<Record<string, Pick<PyodideBuild, 'imports'>>>;

/** @param module a top-level name, as in the script */
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

/** Why a package does not work here, and what to use instead; null where nothing is known. */
export function insteadOf(packageName: string): string | null {
  const found = byName.get(normalName(packageName));
  return found ? obstacleOf(found) : null;
}

/** Why a package cannot work here; a package that only reads files works with the files that scripts see. */
function obstacleOf({ package: name, needs = [], instead }: KnownPackage): string | null {
  if (instead !== undefined) return instead;
  const need = needs.find((one) => one !== 'file');
  return need === undefined ? null : `${name} ${table.needs[need]}`;
}
