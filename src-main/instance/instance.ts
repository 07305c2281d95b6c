// How programs share a data folder: one program has it and answers the calls of the others. Must not know what is in
// the folder.

import { mkdir, realpath } from 'node:fs/promises';
import type { Calls } from '../../src-shared/ipc.ts';
import { callsThrough, openControlSocket } from './control-socket.ts';
import { instanceFolder, FolderInUse, holderOf, lockFolder } from './folder-lock.ts';
import type { ProgramKind } from './folder-lock.ts';
import { freshSocket, makeOwnersFolder } from './socket-place.ts';

/** A data folder that this program has. */
export interface HeldFolder {
  /** Sets the calls that other programs of this user may make. Until then they wait. */
  answer(calls: Calls): void;
  release(): Promise<void>;
}

/** The calls on a data folder, in whichever program they are answered. */
export interface Instance {
  readonly calls: Calls;
  /** Whether another program, a server or the tray app, answers. */
  readonly isElsewhere: boolean;
  close(): Promise<void>;
}

export interface HoldOptions {
  readonly dataDir: string;
  /** Further folders that only one program may write. */
  readonly alsoDirs?: readonly string[];
  readonly program: ProgramKind;
  readonly log: { error(text: string, more?: { readonly detail: readonly string[] }): void };
}

/** A command lasts seconds; other programs wait for it. */
const PATIENCE_MS = 120_000;
const LOOK_AGAIN_MS = 100;

/**
 * Takes a data folder; waits while a command has it.
 * @throws FolderInUse when a server or the tray app has it
 */
export async function holdFolder({ dataDir, alsoDirs = [], program, log }: HoldOptions): Promise<HeldFolder> {
  const folders = await Promise.all([dataDir, ...alsoDirs].map(realFolder));
  await makeOwnersFolder(instanceFolder(folders[0]!));
  const socket = await openControlSocket(await freshSocket(instanceFolder(folders[0]!)), log);
  const own = { pid: process.pid, program, since: Date.now(), address: socket.address, key: socket.key };
  const undo: (() => Promise<void>)[] = [() => socket.close()];
  const release = async (): Promise<void> => {
    for (const one of undo.splice(0).toReversed()) await one();
  };
  try {
    for (const folder of folders) undo.push(await inTime(() => lockFolder(folder, own)));
  } catch (error) {
    await release();
    throw error;
  }
  return { answer: (calls) => socket.answer(calls), release };
}

/**
 * The calls on a data folder: of the program that has it, or else of parts that `open` makes here.
 * @param options.open opens the folder once it is locked; it is closed before the folder is unlocked
 */
export async function openInstance(
  options: Omit<HoldOptions, 'program'> & {
    readonly open: () => Promise<{ readonly calls: Calls; readonly close: () => Promise<void> }>;
  },
): Promise<Instance> {
  const holder = await holderOf(options.dataDir);
  if (holder !== null && holder.program !== 'command') return elsewhere(callsThrough(holder));
  let held;
  try {
    held = await holdFolder({ ...options, program: 'command' });
  } catch (error) {
    // Another program has locked the folder between the check and the attempt.
    if (error instanceof FolderInUse && (await holderOf(options.dataDir))?.key === error.holder.key)
      return elsewhere(callsThrough(error.holder));
    throw error;
  }
  try {
    const { calls, close } = await options.open();
    return {
      calls,
      isElsewhere: false,
      async close() {
        await close();
        await held.release();
      },
    };
  } catch (error) {
    await held.release();
    throw error;
  }
}

function elsewhere(calls: Calls): Instance {
  return { calls, isElsewhere: true, close: () => Promise.resolve() };
}

/** A folder has one lock, whatever path leads to it. */
async function realFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return realpath(folder);
}

async function inTime<T>(take: () => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await take();
    } catch (error) {
      const isShort = error instanceof FolderInUse && error.holder.program === 'command';
      if (!isShort || performance.now() > until) throw error;
      await new Promise((resolve) => void setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }
}
