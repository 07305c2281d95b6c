// Fetches the files of a plan into the folder of added packages and checks them. None of them is used yet.

import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Refusal } from '../../../src-shared/refusal.ts';
import type { Progress } from '../progress.ts';
import type { WantedFile } from '../store/package-list.ts';
import type { Source } from '../store/source.ts';
import { fillStore } from '../store/store.ts';
import type { AddedLock, LockedPackage } from './added-lock.ts';
import type { Control, KeptPlan } from './plans.ts';
import { checkWheel, readWheel } from './wheel-check.ts';

export interface FetchFrom {
  /** The folder of added packages. */
  readonly dir: string;
  readonly sources: readonly Source[];
  readonly progress: Progress;
}

/** Fetches what is missing. @throws Refusal when something cannot be fetched */
export async function fetchFiles(
  kept: KeptPlan,
  { dir, sources, progress }: FetchFrom,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(path.join(dir, 'wheels'), { recursive: true });
  for (const [fileName, bytes] of kept.files) {
    const temporary = path.join(dir, `chosen-${process.pid}`);
    await writeFile(temporary, bytes);
    await rename(temporary, path.join(dir, 'wheels', fileName));
  }
  const wanted = kept.packages.map((one): WantedFile => {
    const { name, version, fileName, sha256, url } = one;
    return { name, version, fileName, sha256, need: 'extra', pip: null, ...(url === null ? {} : { url }) };
  });
  const filled = await fillStore({ storeDir: dir, wanted, sources, progress, signal });
  signal.throwIfAborted();
  if (filled.missing.length > 0) {
    const names = filled.missing.map((one) => one.name).join(', ');
    throw new Refusal(
      'package-refused',
      `${names} could not be fetched (${filled.failures.join('; ')}). Nothing was changed.`,
    );
  }
}

/** The present added packages, and the modules that no package may hide. */
export interface CheckAgainst {
  readonly dir: string;
  readonly locked: AddedLock;
  readonly present: ReadonlySet<string>;
  /** Top-level modules of Python itself. */
  readonly standard: ReadonlySet<string>;
}

/** Checks the files. @returns the set that the plan makes. @throws Refusal `bad-wheel` */
export async function checkFiles(
  kept: KeptPlan,
  { dir, locked, present, standard }: CheckAgainst,
  { signal, tell }: Control,
): Promise<AddedLock> {
  const next: LockedPackage[] = [];
  for (const one of kept.packages) {
    signal.throwIfAborted();
    tell(`Checking ${one.name}`, null);
    const { name, version, fileName, sha256, source, neededBy } = one;
    const asked = kept.asked.get(name) ?? null;
    const known = locked.find((old) => old.sha256 === sha256 && old.name === name);
    if (known && present.has(name)) {
      next.push({ ...known, asked, neededBy });
      continue;
    }
    const bytes = await readWheel(path.join(dir, 'wheels', fileName));
    const { name: found, modules } = await checkWheel(bytes, { fileName, standard });
    if (found !== name) throw new Refusal('bad-wheel', `${fileName} is not a file of ${name}.`);
    const facts = { name, version, fileName, sha256, bytes: bytes.length, source };
    next.push({ ...facts, asked, neededBy, modules, fault: null });
  }
  return next;
}
