// The lock of a data folder: a file that names the instance, valid only while that instance's control socket answers.

import { randomBytes } from 'node:crypto';
import { constants, copyFileSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { Refusal } from '../../src-shared/refusal.ts';
import { readTextFile } from '../disk/regular-file.ts';
import { makeOwnersFolder } from './socket-place.ts';

/** The kind of program that has the folder. */
export type ProgramKind = 'app' | 'server' | 'command';

/** The instance of a folder, as its file describes it. */
export interface Holder {
  readonly pid: number;
  readonly program: ProgramKind;
  /** In ms since 1970. */
  readonly since: number;
  /** The address of its control socket. */
  readonly address: string;
  /** The secret that calls must carry; anyone who can read this file knows it. */
  readonly key: string;
}

/** Another program has the folder. */
export class FolderInUse extends Refusal {
  readonly holder: Holder;

  constructor(folder: string, holder: Holder) {
    super('folder-in-use', inUse(folder, holder));
    this.holder = holder;
  }
}

/**
 * No function can have this name: a folder of functions is locked too. Older programs look for the lock under this
 * name.
 */
const FOLDER = '.desk';
const LOCK = 'holder.json';
const REMOVAL = 'removal';
const LOOK_AGAIN_MS = 50;
/** The remains of a removal that crashed. */
const REMOVAL_MS = 5_000;

/** The paths of lock and socket for a folder. */
export function instanceFolder(folder: string): string {
  return path.join(folder, FOLDER);
}

/**
 * Locks a folder for a program whose control socket already answers. A lock of a program that has ended is ignored.
 * @returns a function that unlocks the folder
 * @throws FolderInUse
 */
export async function lockFolder(folder: string, own: Holder): Promise<() => Promise<void>> {
  await makeOwnersFolder(instanceFolder(folder));
  const file = path.join(instanceFolder(folder), LOCK);
  while (!wrote(file, own)) {
    const found = (await read(file)) ?? (await after(LOOK_AGAIN_MS).then(() => read(file)));
    if (found !== null && (await isAnswering(found.address))) throw new FolderInUse(folder, found);
    if (!(await removeStale(file, found))) await after(LOOK_AGAIN_MS);
  }
  // When the program ends without unlocking, as after a port conflict, the next program must not have to wait.
  const onExit = (): void => {
    for (const left of own.address.endsWith('.sock') ? [file, own.address] : [file]) rmSync(left, { force: true });
  };
  process.once('exit', onExit);
  return async () => {
    process.off('exit', onExit);
    if ((await read(file))?.key === own.key) await rm(file, { force: true });
  };
}

/** The instance that has a folder now; null: no instance. */
export async function holderOf(folder: string): Promise<Holder | null> {
  const found = await read(path.join(instanceFolder(folder), LOCK));
  return found !== null && (await isAnswering(found.address)) ? found : null;
}

/**
 * Of two programs exactly one wins, and no program reads half a lock: an incomplete lock is taken for the remains of a
 * crash and removed, and then two programs would have the folder. So the file is completed beside its place and then
 * linked there.
 */
function wrote(file: string, own: Holder): boolean {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(draft, `${JSON.stringify(own)}\n`, { flag: 'wx', mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
      // Some file systems (FAT, some network ones) have no links.
      copyFileSync(draft, file, constants.COPYFILE_EXCL);
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Removes a lock whose program has ended. Only one program at a time may try, and it checks again first, because the
 * lock may be a new one by then.
 * @returns false: another program is trying
 */
async function removeStale(file: string, stale: Holder | null): Promise<boolean> {
  const turn = path.join(path.dirname(file), REMOVAL);
  try {
    mkdirSync(turn);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await forgetOld(turn);
    return false;
  }
  try {
    if ((await read(file))?.key !== stale?.key) return true;
    await rm(file, { force: true });
    if (stale?.address.endsWith('.sock')) await rm(stale.address, { force: true });
    return true;
  } finally {
    await rm(turn, { recursive: true, force: true });
  }
}

async function forgetOld(turn: string): Promise<void> {
  const began = await stat(turn).then(
    ({ mtimeMs }) => mtimeMs,
    () => Infinity,
  );
  if (Date.now() - began > REMOVAL_MS) await rm(turn, { recursive: true, force: true });
}

async function read(file: string): Promise<Holder | null> {
  const text = await readTextFile(file).catch(() => '');
  try {
    const { pid, program, since, address, key } = JSON.parse(text) as Holder;
    return typeof address === 'string' && typeof key === 'string' ? { pid, program, since, address, key } : null;
  } catch {
    return null;
  }
}

/** Whether a program listens there; the system answers even for a busy program. */
function isAnswering(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ path: address });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    // A program counts as alive unless it is known to have ended: it may be another user's, or have too many callers.
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code !== 'ENOENT' && code !== 'ECONNREFUSED'));
  });
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}

function inUse(folder: string, { pid, program, since }: Holder): string {
  const what = {
    app: 'TabPy Tray in the tray',
    server: 'a TabPy Tray server',
    command: 'a command of TabPy Tray',
  }[program];
  const time = new Date(since).toISOString().slice(0, 16).replace('T', ' ');
  return `${folder} is in use by ${what} (PID ${pid}, since ${time} UTC). Stop that program, or choose another folder with --data-dir.`;
}
