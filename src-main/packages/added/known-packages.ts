// What a user can do about a missing module that scripts import. Pure; the same table as Python's (missing.py).

import { meantPackage, normalName } from '../../../src-shared/package.ts';
import type { MeantPackage, Remedy } from '../../../src-shared/package.ts';
import table from '../../python/tabpy_tray/hints.json' with { type: 'json' };
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
const byPackage = new Map(known.map((one) => [normalName(one.package), one] as const));
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

/** The names under which scripts import a package; empty where they are not known. */
export function importsOf(packageName: string, builds: Builds): readonly string[] {
  const build = builds[packageName]?.imports.filter((module) => !module.startsWith('_')) ?? [];
  return build.length > 0 ? build : (byPackage.get(packageName)?.imports ?? []);
}

/** The package that somebody means who wrote a word; null where none is known that can run here. `there`: bundled and added packages. */
export function packageMeantBy(
  word: string,
  there: readonly { readonly name: string; readonly imports: readonly string[] }[],
  builds: Builds,
): MeantPackage | null {
  const built = Object.entries(builds).map(([name, { imports }]) => ({ name, imports }));
  const [top = ''] = word.split('.', 1);
  const isUseless = known.some(
    (one) => obstacleOf(one) !== null && (normalName(one.package) === normalName(word) || one.imports.includes(top)),
  );
  const usable = known.filter((one) => obstacleOf(one) === null).map((one) => ({ ...one, name: one.package }));
  return isUseless ? null : meantPackage(word, [...there, ...usable, ...built]);
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
