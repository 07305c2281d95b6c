// Collects everything that installers contain: npm packages, Python packages, the libraries inside them, and Electron.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PackageURL } from 'packageurl-js';
import { wantedFiles } from '../../src-main/packages/store/package-list.ts';
import { readBundledPackages } from './bundled-packages.ts';
import type { Component } from './component.ts';
import { LIBRARIES } from './libraries.ts';
import { npmComponent, readLock, runtimeFolders, textsNamed } from './npm-packages.ts';
import { OVERRIDES } from './overrides.ts';
import type { Product } from './sbom.ts';
import { wheelComponents } from './wheels.ts';

const PLACES = {
  main: 'the program',
  preload: 'the bridge between window and program',
  renderer: 'the window',
  python: 'the image of Python',
} as const;

export function productAt(root: string): Product {
  const { name, version, license } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license: string;
  };
  return { name, version, licence: license };
}

/** npm packages; `out` holds the bundles. @throws Error when a bundle has no list of its packages */
export function npmComponents(root: string, out: string): readonly Component[] {
  const lock = readLock(root);
  const places = new Map<string, Set<string>>();
  const add = (folder: string, place: string): void => {
    places.set(folder, (places.get(folder) ?? new Set()).add(place));
  };
  for (const folder of runtimeFolders(lock))
    add(folder, folder === 'node_modules/pyodide' ? PLACES.python : PLACES.main);
  for (const [part, folders] of readBundledPackages(out))
    for (const folder of folders) add(folder, PLACES[part as keyof typeof PLACES]);
  add('node_modules/electron', 'what the app runs on');
  return [...places].map(([folder, where]) => npmComponent(folder, [...where].join(', '), lock, root));
}

/** Python packages of the image. @throws Error when wheels are missing */
export function pythonComponents(wheels: string): Promise<readonly Component[]> {
  return wheelComponents(wantedFiles(), wheels, PLACES.python);
}

/** The libraries compiled into those, which are in no lock file. */
export function libraryComponents(): readonly Component[] {
  return LIBRARIES.map(({ name, version, licence, texts, note, inside }) => ({
    name,
    version,
    licence,
    texts: textsNamed(texts),
    note: note ?? null,
    purl: new PackageURL(
      'generic',
      undefined,
      name.toLowerCase(),
      version === '*' ? undefined : version,
      undefined,
      undefined,
    ).toString(),
    hash: null,
    place: `${PLACES.python}, inside ${inside.map((one) => one.replace(/^\w+\//, '')).join(' and ')}`,
  }));
}

/** Entries of our own tables that belong to no distributed component. */
export function unusedEntries(components: readonly Component[]): readonly string[] {
  const there = new Set(components.map(({ purl }) => purl.replace(/^pkg:/, '').replace(/@[^@/]*$/, '')));
  const overrides = Object.keys(OVERRIDES).filter((key) => !there.has(key));
  const libraries = LIBRARIES.filter(({ inside }) => !inside.every((one) => there.has(one))).map(({ name }) => name);
  return [...overrides, ...libraries].map(
    (name) => `${name}: packaging/notices has an entry for it that nothing needs`,
  );
}
