// What a change does to the set of added packages: which stay, which go, and which need which. Pure.

import { normalName } from '../../../src-shared/package.ts';
import type { AddedLock, LockedPackage } from './added-lock.ts';

/** Why a package cannot be removed. */
export type RemovalFault = { readonly kind: 'not-there' } | { readonly kind: 'needed'; readonly by: readonly string[] };

/** The set without a requested package, and without those that only it needed. */
export function without(added: AddedLock, name: string): AddedLock | RemovalFault {
  const found = added.find((one) => one.name === name);
  if (!found) return { kind: 'not-there' };
  const by = found.neededBy.filter((parent) => added.some((one) => one.name === parent));
  if (by.length > 0) {
    if (found.asked === null) return { kind: 'needed', by };
    // Other packages need it: it stays, but no longer as a requested package.
    return added.map((one) => (one === found ? { ...one, asked: null } : one));
  }
  return reachable(added.map((one) => (one === found ? { ...one, asked: null } : one)));
}

/** The requested packages, and those that they need, directly or not. */
function reachable(added: AddedLock): AddedLock {
  const kept = new Set(added.filter((one) => one.asked !== null).map((one) => one.name));
  for (let grew = true; grew;) {
    grew = false;
    for (const one of added) {
      if (kept.has(one.name) || !one.neededBy.some((parent) => kept.has(parent))) continue;
      kept.add(one.name);
      grew = true;
    }
  }
  return added
    .filter((one) => kept.has(one.name))
    .map((one) => ({ ...one, neededBy: one.neededBy.filter((parent) => kept.has(parent)) }));
}

/** The packages of one set that another lacks, by name. */
export function goneFrom(before: AddedLock, after: readonly { readonly name: string }[]): readonly LockedPackage[] {
  const names = new Set(after.map((one) => one.name));
  return before.filter((one) => !names.has(one.name));
}

/** The package name in a specification such as `Seaborn[stats]>=0.13`; null when it is not valid. */
export function nameIn(spec: string): string | null {
  const written = writtenName(spec);
  return written === null ? null : normalName(written);
}

/** The same name as it was written. */
export function writtenName(spec: string): string | null {
  return /^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:$|[[<>=!~;(])/.exec(spec)?.[1] ?? null;
}

/** `seaborn-0.13.2-py3-none-any.whl` → name and version; null when it is not a wheel's name. */
export function wheelNameParts(
  fileName: string,
): { readonly name: string; readonly version: string; readonly tag: string } | null {
  const found = /^([A-Za-z0-9][\w.]*)-([\w.+!]+?)(?:-(\d\w*))?-([\w.]+-[\w.]+-[\w.]+)\.whl$/.exec(fileName);
  return found ? { name: normalName(found[1]!), version: found[2]!.replaceAll('_', '+'), tag: found[4]! } : null;
}
