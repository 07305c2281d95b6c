// What changed in an environment since it was last looked into, in sentences. Pure.

import type { PackageVersion } from '../../src-shared/package.ts';

interface Seen {
  readonly version: string;
  readonly prefix: string;
  readonly packages: readonly PackageVersion[];
}

const MOST_NAMED = 10;

export function changesSince(before: Seen, now: Seen): readonly string[] {
  const [old, fresh] = [byName(before.packages), byName(now.packages)];
  const added = now.packages.filter(({ name }) => !old.has(name)).map(({ name, version }) => `${name} ${version}`);
  const gone = before.packages.filter(({ name }) => !fresh.has(name)).map(({ name }) => name);
  const others = now.packages
    .filter(({ name, version }) => old.has(name) && old.get(name) !== version)
    .map(({ name, version }) => `${name} ${version} (was ${old.get(name)})`);
  return [
    ...(before.version === now.version ? [] : [`Python is ${now.version} now, and was ${before.version}.`]),
    ...(before.prefix === now.prefix ? [] : [`Its folder is ${now.prefix} now, and was ${before.prefix}.`]),
    ...(added.length > 0 ? [`New packages: ${listed(added)}.`] : []),
    ...(gone.length > 0 ? [`Packages that are gone: ${listed(gone)}.`] : []),
    ...(others.length > 0 ? [`Other versions: ${listed(others)}.`] : []),
  ];
}

function byName(packages: readonly PackageVersion[]): ReadonlyMap<string, string> {
  return new Map(packages.map(({ name, version }) => [name, version]));
}

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return more > 0 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${more} more` : names.join(', ');
}
