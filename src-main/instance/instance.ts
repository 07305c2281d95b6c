// How programs share a data folder: one has it and answers the others' calls. Must not know what is in the folder.

import { mkdir, realpath } from 'node:fs/promises';
import type { Calls } from '../../src-shared/ipc.ts';
import { callsThrough, openControlSocket } from './control-socket.ts';
import { instanceFolder, FolderInUse, holderOf, lockFolder } from './folder-lock.ts';
import type { ProgramKind } from './folder-lock.ts';
import { freshSocket, makeOwnersFolder } from './socket-place.ts';

/** A data folder that is this program's. */
export interface HeldFolder {
  /** What other programs of this user may ask of this one. They wait until it is said. */
  answer(calls: Calls): void;
  release(): Promise<void>;
}

/** The calls on a data folder, wherever the program is that answers them. */
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

/** A command lasts seconds; whoever comes meanwhile waits for it. */
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
 * The calls on a data folder: of the program that has it, or else of one that `open` makes here and now.
 * @param options.open opens the folder once it is held; it is closed before the folder is given back
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
    // It came between the look and the try.
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

/** One folder has one lock, under whatever name it is known. */
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
