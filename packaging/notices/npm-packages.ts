// Lists the npm packages that we distribute: those that the program needs at run time and those in its bundles. Reads
// package-lock.json and node_modules.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PackageURL } from 'packageurl-js';
import type { Component, ComponentHash, LicenceText } from './component.ts';
import { OVERRIDES } from './overrides.ts';

/** The fields of an entry of package-lock.json that are used. */
export interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly integrity?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** By folder, such as `node_modules/koa`; the root is ''. */
export type Lock = Readonly<Record<string, LockedPackage>>;

/** Its files are in the Python image, and none of its dependencies are (electron-builder.yml). */
const IN_THE_IMAGE = 'node_modules/pyodide';

export function readLock(root: string): Lock {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as { packages: Lock };
  return packages;
}

/** Folders of the packages that the program needs at run time, with their dependencies. */
export function runtimeFolders(lock: Lock): readonly string[] {
  const found = new Set<string>();
  const visit = (folder: string): void => {
    const { dependencies, optionalDependencies } = lock[folder] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const at = folderFor(name, folder, lock);
      if (at === null || found.has(at)) continue;
      found.add(at);
      if (at !== IN_THE_IMAGE) visit(at);
    }
  };
  visit('');
  return [...found].toSorted();
}

/**
 * The folder in which Node finds a package imported from another folder; null: an optional package that is not
 * installed.
 */
function folderFor(name: string, from: string, lock: Lock): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    const at = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (at in lock) return at;
    if (folder === '') return null;
  }
}

/** A package as it is distributed. @throws Error when it is not installed */
export function npmComponent(folder: string, place: string, lock: Lock, root: string): Component {
  const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const locked = lock[folder];
  if (locked?.version === undefined) throw new Error(`package-lock.json has no ${folder}.`);
  const dir = path.join(root, folder);
  if (!existsSync(dir)) throw new Error(`${name} is not installed. Run npm ci.`);
  const override = OVERRIDES[`npm/${name}`];
  const [scope, last] = name.startsWith('@') ? name.split('/') : [undefined, name];
  return {
    name,
    version: locked.version,
    licence: override?.licence ?? locked.license ?? null,
    texts: [...(override?.onlyTheseTexts === true ? [] : licenceTextsIn(dir)), ...textsNamed(override?.texts ?? [])],
    note: override?.note ?? null,
    purl: new PackageURL('npm', scope, last, locked.version, undefined, undefined).toString(),
    hash: hashOf(locked.integrity),
    place,
  };
}

const LICENCE_FILE = /^(?:licen[cs]e|copying|copyright|notice|unlicense)(?:[.-].*)?$/i;
const CODE = /\.(?:[cm]?[jt]sx?|json|html)$/i;

function licenceTextsIn(dir: string): readonly LicenceText[] {
  return readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name) && !CODE.test(entry.name))
    .map(({ name }) => ({ file: name, text: readFileSync(path.join(dir, name), 'utf8') }))
    .toSorted((one, other) => (one.file < other.file ? -1 : 1));
}

/** Our copies of licence texts, for packages without one. */
export function textsNamed(names: readonly string[]): readonly LicenceText[] {
  return names.map((file) => ({ file, text: readFileSync(path.join(import.meta.dirname, 'texts', file), 'utf8') }));
}

/** npm's integrity, `sha512-` and base64. */
function hashOf(integrity: string | undefined): ComponentHash | null {
  const base64 = /(?:^|\s)sha512-(\S+)/.exec(integrity ?? '')?.[1];
  return base64 === undefined ? null : { algorithm: 'SHA-512', hex: Buffer.from(base64, 'base64').toString('hex') };
}
