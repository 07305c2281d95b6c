// What can be done about a module that scripts import in vain. Pure; the same table as Python's own words (missing.py).

import type { Remedy } from '../../src-shared/package.ts';
import known from '../python/tabpy_tray/known_packages.json' with { type: 'json' };
import { normalName } from './added-set.ts';
import type { PyodideBuild } from './pyodide-builds.ts';

const packageOf = new Map<string, string>(Object.entries(known.packages));
const cannot = new Map(known.cannot.flatMap((one) => one.modules.map((module) => [module, one] as const)));
// A package is often named as its module: who asks for `torch` by its name wants the same words.
const alternatives = new Map([...cannot].map(([module, one]) => [normalName(module), one.instead]));

export type Builds = Readonly<Record<string, Pick<PyodideBuild, 'imports'>>>;

/** @param module a top-level name, as the script said it */
export function remedyFor(module: string, builds: Builds): Remedy {
  const out = cannot.get(module);
  if (out) return { kind: 'cannot', package: out.package, instead: out.instead };
  const named = packageOf.get(module);
  if (named !== undefined) return { kind: 'add', package: named };
  const [build] = Object.entries(builds).find(([, { imports }]) => imports.includes(module)) ?? [];
  return build === undefined ? { kind: 'look', package: module } : { kind: 'add', package: build };
}

/** What to use instead of a package that cannot run here; null where nothing is known. */
export function insteadOf(packageName: string): string | null {
  return alternatives.get(normalName(packageName)) ?? null;
}
