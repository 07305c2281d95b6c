// The folder whose files scripts may read: follows its changes and sends them in pieces to an interpreter's copy. Must
// not know interpreters.

import { constants, watch } from 'node:fs';
import { lstat, open, realpath } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { Refusal } from '../../src-shared/refusal.ts';
import { SerialQueue } from '../../src-shared/serial-queue.ts';
import type { Log } from '../activity/log.ts';
import { scan, SCAN_LIMITS } from './scan.ts';
import type { Scan, ScanLimits, ScannedFile } from './scan.ts';

/** A stretch of a file; `offset` 0 begins the file again. */
export interface FilePiece {
  readonly name: string;
  readonly offset: number;
  readonly isLast: boolean;
  readonly content: Buffer;
}

export type FileChange =
  | { readonly kind: 'put'; readonly piece: FilePiece }
  | { readonly kind: 'remove'; readonly name: string }
  /** A copy must be emptied; the present files follow. */
  | { readonly kind: 'clear' };

export interface ScriptFiles {
  /** Prepares another folder; empty: none. Rejects with a Refusal when it cannot be read. */
  prepare(folder: string): Promise<PreparedFolder>;
  /** Prepares and uses another folder. */
  use(folder: string): Promise<void>;
  /** Grows whenever something changed. */
  revision(): number;
  /** The changes after a revision; -1: everything. */
  changesSince(revision: number): AsyncIterable<FileChange>;
  close(): void;
}

/** A folder that was scanned but is not in use yet. */
export interface PreparedFolder {
  commit(): void;
  undo(): void;
}

export interface ScriptFilesDeps {
  readonly log: Pick<Log, 'info' | 'warn'>;
  readonly limits?: ScanLimits;
  readonly pieceBytes?: number;
}

const PIECE_BYTES = 16_000_000;
/** A file that is being written changes many times in a moment. */
const SETTLE_MS = 150;
/** A user's folder may hold thousands of links. */
const MOST_NAMED = 10;
/** The number of removed names that are kept. */
const MOST_GONE = 2_000;

const NO_CHANGE: PreparedFolder = { commit: () => undefined, undo: () => undefined };

interface Known extends ScannedFile {
  readonly since: number;
}

export function createScriptFiles({
  log,
  limits = SCAN_LIMITS,
  pieceBytes = PIECE_BYTES,
}: ScriptFilesDeps): ScriptFiles {
  let folder = '';
  let revision = 0;
  let known: ReadonlyMap<string, Known> = new Map();
  // Removed names, with the revision: copies must get them. A copy that is older than the dropped names starts again.
  const gone = new Map<string, number>();
  let forgotten = -1;
  let stopWatching = (): void => undefined;
  let told = '';

  const take = (files: readonly ScannedFile[]): void => {
    const next = new Map<string, Known>();
    let isChanged = false;
    const since = revision + 1;
    for (const file of files) {
      const before = known.get(file.name);
      const isSame = before?.mark === file.mark;
      next.set(file.name, isSame ? before : { ...file, since });
      gone.delete(file.name);
      isChanged ||= !isSame;
    }
    for (const name of known.keys()) {
      if (next.has(name)) continue;
      gone.set(name, since);
      isChanged = true;
    }
    for (const [name, at] of gone) {
      if (gone.size <= MOST_GONE) break;
      gone.delete(name);
      forgotten = at;
    }
    known = next;
    if (isChanged) revision = since;
  };
  /** One after another: an older scan must not overwrite the result of a newer one. */
  const looks = new SerialQueue();
  const look = (where: string): Promise<void> =>
    looks.run(async () => {
      const found = await scan(where, limits);
      if (where === folder) see(found);
    });
  const see = ({ files, leftOut }: Scan): void => {
    take(files);
    const more = leftOut.length - MOST_NAMED;
    const words = leftOut.slice(0, MOST_NAMED).join('; ') + (more > 0 ? `; and ${more} more` : '');
    if (words !== told && words !== '') log.warn(`scripts cannot read some of the files for scripts: ${words}`);
    told = words;
  };
  const follow = (where: string): (() => void) => {
    let timer: NodeJS.Timeout | null = null;
    const lookSoon = (): void => {
      timer ??= setTimeout(() => {
        timer = null;
        // The folder is not in use yet: changes are scanned once it is.
        if (where !== folder) return lookSoon();
        look(where).catch((error: unknown) => log.warn(`the files for scripts: ${(error as Error).message}`));
      }, SETTLE_MS).unref();
    };
    const watcher = watch(where, { recursive: true, persistent: false }, lookSoon);
    watcher.on('error', (error) =>
      log.warn(`changes of the files for scripts are no longer noticed: ${error.message}`),
    );
    return () => {
      if (timer) clearTimeout(timer);
      watcher.close();
    };
  };

  const prepare = async (where: string): Promise<PreparedFolder> => {
    if (where === folder) return NO_CHANGE;
    try {
      const found = where === '' ? { files: [], leftOut: [] } : await scan(where, limits);
      const stop = where === '' ? () => undefined : follow(where);
      return {
        commit() {
          folder = where;
          see(found);
          stopWatching();
          stopWatching = stop;
          if (where !== '') log.info(`scripts can read ${known.size} files of ${where} under /data`);
        },
        undo: stop,
      };
    } catch (error) {
      throw new Refusal('refused', `The folder of files for scripts cannot be read (${(error as Error).message}).`, {
        cause: error,
      });
    }
  };

  return {
    prepare,
    async use(where) {
      (await prepare(where)).commit();
    },
    revision: () => revision,
    async *changesSince(after) {
      // A snapshot: changes during the copy have a later revision.
      const isTooOld = after >= 0 && after < forgotten;
      const first = isTooOld ? -1 : after;
      const [from, files] = [folder, [...known.values()].filter(({ since }) => since > first)];
      const removed = isTooOld ? [] : [...gone].filter(([, since]) => since > after);
      if (isTooOld) yield { kind: 'clear' };
      for (const [name] of removed) yield { kind: 'remove', name };
      for (const { name } of files) yield* piecesOf(from, name, limits.fileBytes, pieceBytes);
    },
    close: () => stopWatching(),
  };
}

/** A file that was removed or replaced meanwhile is left out: the next scan finds out what happened to it. */
async function* piecesOf(
  folder: string,
  name: string,
  mostBytes: number,
  pieceBytes: number,
): AsyncIterable<FileChange> {
  const file = await opened(folder, name);
  if (file === null) return;
  try {
    for (let offset = 0; ;) {
      const content = Buffer.alloc(pieceBytes);
      const { bytesRead } = await file.read(content, 0, pieceBytes, offset);
      const isLast = bytesRead < pieceBytes || offset + bytesRead >= mostBytes;
      yield { kind: 'put', piece: { name, offset, isLast, content: content.subarray(0, bytesRead) } };
      if (isLast) return;
      offset += bytesRead;
    }
  } finally {
    await file.close();
  }
}

/**
 * Since the scan, anybody who may write there may have put a link, a pipe or a folder in the file's place, or a link in
 * place of its folder. So it is opened without waiting, and used only when it really lies at its path, without a link
 * on the way.
 */
async function opened(folder: string, name: string): Promise<FileHandle | null> {
  const at = path.join(folder, name);
  let file: FileHandle | undefined;
  try {
    // Windows has neither flag (and no pipes in folders).
    file = await open(at, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const [own, real, root] = await Promise.all([file.stat(), realpath(at), realpath(folder)]);
    const there = await lstat(at);
    const isIt = process.platform === 'win32' || (own.ino === there.ino && own.dev === there.dev);
    if (own.isFile() && there.isFile() && isIt && real === path.join(root, name)) return file;
  } catch {
    // It was removed, or cannot be opened.
  }
  await file?.close();
  return null;
}
