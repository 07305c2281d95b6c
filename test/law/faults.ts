// Holds files to the law and says what breaks it. Pure: the law and the sources are handed in.

import path from 'node:path';
import { importsOf } from './imports.ts';
import type { Import } from './imports.ts';
import type { Law, Layer } from './table.ts';

/** Paths with slashes, from the project's root, and their texts. */
export type Sources = ReadonlyMap<string, string>;

/** The layer of a file: the longest name in the table that its path begins with; null when there is none. */
export function layerOf(law: Law, file: string): string | null {
  let folder = path.posix.dirname(file);
  while (folder !== '.') {
    if (folder in law.layers) return folder;
    folder = path.posix.dirname(folder);
  }
  return null;
}

/** What breaks the law, a sentence each; empty when nothing does. */
export function faultsOf(law: Law, sources: Sources): string[] {
  const used = new Set<string>();
  const edges = new Map<string, string[]>();
  const faults: string[] = [];
  for (const [file, text] of sources) {
    const layer = layerOf(law, file);
    if (layer === null && file.includes('/')) {
      faults.push(`${file}: its folder has no row in ARCHITECTURE.md's law`);
      continue;
    }
    const found = importsOf(file, text);
    if (isBarrel(text, found)) faults.push(`${file}: only passes on what other files export; import those`);
    edges.set(
      file,
      found.flatMap((one) => (one.from.startsWith('.') ? [targetOf(file, one.from)] : [])),
    );
    for (const one of found) faults.push(...faultsOfImport(law, file, layer, one, used));
  }
  return [...faults, ...cyclesIn(edges).map((cycle) => `cycle: ${cycle.join(' → ')}`), ...staleRights(law, used)];
}

function faultsOfImport(law: Law, file: string, layer: string | null, one: Import, used: Set<string>): string[] {
  const owner = law.onlyIn.find((rule) => rule.package === packageOf(one.from) && one.names.includes(rule.name));
  if (owner !== undefined && owner.file !== file && !file.startsWith('test/'))
    return [`${file}: imports ${owner.name} of ${owner.package}, which ${owner.file} alone may`];
  // Configuration in the root and tests may import anything.
  if (layer === null || law.layers[layer]!.isFree) return [];
  const rights = law.layers[layer]!;
  if (!one.from.startsWith('.')) return faultsOfPackage(file, layer, rights, one.from, used);
  const target = layerOf(law, targetOf(file, one.from));
  if (target === layer || (target !== null && law.everywhere.includes(target))) return [];
  if (target === null) return [`${file}: imports ${one.from}, which lies in no folder of the law`];
  const isAllowed = rights.imports.includes(target);
  const isTypeAllowed = rights.types.includes(target);
  used.add(`${layer} ${isTypeAllowed ? 'types' : 'imports'} ${target}${isAllowed && !one.isType ? '!' : ''}`);
  if (isAllowed || (isTypeAllowed && one.isType)) return [];
  if (isTypeAllowed) return [`${file}: ${layer} may import types of ${target} only, not ${one.from}`];
  return [`${file}: ${layer} must not import ${target} (${one.from})`];
}

function faultsOfPackage(file: string, layer: string, rights: Layer, from: string, used: Set<string>): string[] {
  const name = packageOf(from);
  if (from.startsWith('node:'))
    return rights.hasNode ? [] : [`${file}: imports ${from}, but ${layer} runs without Node`];
  used.add(`${layer} packages ${name}`);
  return rights.packages.includes(name) ? [] : [`${file}: ${layer} must not know the package ${name}`];
}

function packageOf(from: string): string {
  return from.split('/', from.startsWith('@') ? 2 : 1).join('/');
}

function targetOf(file: string, from: string): string {
  return path.posix.join(path.posix.dirname(file), from.replace(/\?.*$/, ''));
}

/** A file that has imports passed on and nothing of its own. */
function isBarrel(text: string, found: readonly Import[]): boolean {
  return (
    found.some((one) => one.isPassedOn) &&
    !/^(?:export )?(?:const|let|function|async function|class|interface|type) /m.test(text)
  );
}

/** Rights that nobody uses: a table that allows more than there is hides what is new. */
function staleRights(law: Law, used: ReadonlySet<string>): string[] {
  return Object.entries(law.layers).flatMap(([layer, { imports, types, packages }]) => [
    ...imports
      .filter((target) => !used.has(`${layer} imports ${target}!`))
      .map((target) =>
        used.has(`${layer} imports ${target}`)
          ? `ARCHITECTURE.md: ${layer} imports types of ${target} only; say so`
          : `ARCHITECTURE.md: ${layer} may import ${target}, but no file does`,
      ),
    ...types
      .filter((target) => !used.has(`${layer} types ${target}`))
      .map((target) => `ARCHITECTURE.md: ${layer} may import types of ${target}, but no file does`),
    ...packages
      .filter((name) => !used.has(`${layer} packages ${name}`))
      .map((name) => `ARCHITECTURE.md: ${layer} may know the package ${name}, but no file does`),
  ]);
}

/** One cycle for each group of files that reach each other. */
export function cyclesIn(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const visit = (file: string): void => {
    state.set(file, 'open');
    trail.push(file);
    for (const next of edges.get(file) ?? []) {
      if (state.get(next) === 'open') cycles.push([...trail.slice(trail.indexOf(next)), next]);
      else if (!state.has(next)) visit(next);
    }
    trail.pop();
    state.set(file, 'done');
  };
  for (const file of edges.keys()) if (!state.has(file)) visit(file);
  return cycles;
}
