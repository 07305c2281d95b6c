// Files that a test wants in a store, and a look at what the store has. Must not know sources.

import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { WantedFile } from '../../../src-main/packages/store/package-list.ts';

/** A file whose content is known: `<name>.whl`. */
export function wantedFile(name: string, content: string | Buffer, more: Partial<WantedFile> = {}): WantedFile {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { name, version: '1', fileName: `${name}.whl`, sha256, need: 'core', pip: null, ...more };
}

/** Everything below a store's `wheels`: name to content. */
export async function wheelsIn(storeDir: string): Promise<Readonly<Record<string, string>>> {
  const dir = path.join(storeDir, 'wheels');
  const names = await readdir(dir).catch(() => []);
  const contents = await Promise.all(names.map((name) => readFile(path.join(dir, name), 'latin1')));
  return Object.fromEntries(names.map((name, index) => [name, contents[index]!]));
}

/** The files, at any depth, that fills left on their way into the store. */
export async function leftoversIn(storeDir: string): Promise<readonly string[]> {
  return (await filesBelow(path.join(storeDir, 'fetching'))).map((file) => path.basename(file));
}

/** Their sizes in bytes. */
export async function sizesOfLeftovers(storeDir: string): Promise<readonly number[]> {
  const files = await filesBelow(path.join(storeDir, 'fetching'));
  return Promise.all(files.map(async (file) => (await stat(file)).size));
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
