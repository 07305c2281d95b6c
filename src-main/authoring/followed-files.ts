// Deploys functions from .py files each time the files are saved. When a saved file does not work, the last working
// version stays.

import { createHash } from 'node:crypto';
import { unwatchFile, watch, watchFile } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import writeFileAtomic from 'write-file-atomic';
import type { DeployedFunction } from '../../src-shared/function.ts';
import type { DefinedFunction, FollowedFile } from '../../src-shared/function-detail.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import { SerialQueue } from '../../src-shared/serial-queue.ts';
import { isRefusal, Refusal } from '../../src-shared/refusal.ts';
import { readRegularFile, readTextFile } from '../disk/regular-file.ts';

export interface FollowedFiles {
  /** Reads the list of followed files. Never rejects. */
  open(): Promise<void>;
  list(): readonly FollowedFile[];
  /** Deploys the function of a file, and again whenever the file is saved. Rejects with Refusal when it cannot. */
  follow(name: string, file: string, functionName: string): Promise<FollowedFile>;
  unfollow(name: string): Promise<void>;
  /** Checks all files, as after a start: they may have been saved meanwhile. */
  lookAtAll(): Promise<void>;
  /** Drops the files of functions that were removed. */
  noteFunctions(): void;
  close(): void;
}

export interface FollowedFilesDeps {
  /** The file that lists the followed files. */
  readonly file: string;
  readonly functions: () => ReadonlyMap<string, DeployedFunction>;
  readonly check: Calls['checkSource'];
  readonly deploy: Calls['deployFunction'];
  readonly log: { info(text: string): void; warn(text: string): void };
  readonly onChange: () => void;
}

/** A followed file in that list: `sha256` of the text that was deployed last. */
const KEPT = v.array(
  v.object({ name: v.string(), path: v.string(), functionName: v.string(), sha256: v.nullable(v.string()) }),
);
type Kept = v.InferOutput<typeof KEPT>[number];

interface Entry extends Kept {
  problem: string | null;
  sha256: string | null;
  stop: () => void;
}

const MOST_BYTES = 1_000_000;
/** Editors write a file in several steps. */
const SETTLE_MS = 150;
const LOOK_MS = 3_000;

/** Reads the list of followed files. Never rejects: an unreadable list is set aside. */
export async function openFollowedFiles(deps: FollowedFilesDeps): Promise<FollowedFiles> {
  const followed = createFollowedFiles(deps);
  await followed.open();
  return followed;
}

export function createFollowedFiles(deps: FollowedFilesDeps): FollowedFiles {
  return new WatchedFiles(deps);
}

class WatchedFiles implements FollowedFiles {
  readonly #deps: FollowedFilesDeps;
  readonly #entries = new Map<string, Entry>();
  /** One check after another: two saves of a file must not overtake each other. */
  readonly #looks = new SerialQueue();

  constructor(deps: FollowedFilesDeps) {
    this.#deps = deps;
  }

  async open(): Promise<void> {
    for (const kept of await readKept(this.#deps.file, this.#deps.log)) this.#add(kept);
  }

  list(): readonly FollowedFile[] {
    return [...this.#entries.values()].map(shown);
  }

  follow(name: string, file: string, functionName: string): Promise<FollowedFile> {
    return this.#looks.run(async () => {
      if (!path.isAbsolute(file)) throw new Refusal('refused', `'${file}' is not the full path of a file.`);
      const entry = { name, path: file, functionName, sha256: null, problem: null, stop: () => undefined };
      await this.#take(entry);
      const added = this.#add(entry);
      await this.#keep();
      this.#deps.onChange();
      return shown(added);
    });
  }

  unfollow(name: string): Promise<void> {
    return this.#looks.run(async () => {
      if (!this.#drop(name)) return;
      await this.#keep();
      this.#deps.onChange();
    });
  }

  lookAtAll(): Promise<void> {
    return this.#looks.run(async () => {
      await Promise.all([...this.#entries.values()].map((entry) => this.#look(entry)));
    });
  }

  noteFunctions(): void {
    const known = this.#deps.functions();
    const gone = [...this.#entries.values()].filter(({ name, sha256 }) => sha256 !== null && !known.has(name));
    if (gone.length === 0) return;
    for (const { name } of gone) this.#drop(name);
    void this.#looks.run(() => this.#keep());
    this.#deps.onChange();
  }

  close(): void {
    for (const { stop } of this.#entries.values()) stop();
  }

  async #keep(): Promise<void> {
    const kept: readonly Kept[] = [...this.#entries.values()].map(({ name, path: file, functionName, sha256 }) => ({
      name,
      path: file,
      functionName,
      sha256,
    }));
    await writeFileAtomic(this.#deps.file, `${JSON.stringify(kept, null, 1)}\n`).catch((error: Error) =>
      this.#deps.log.warn(`the list of followed files could not be saved: ${error.message}`),
    );
  }

  /** Deploys the file's present content, unless it is deployed already. Rejects with the reason. */
  async #take(entry: Entry): Promise<void> {
    const { functions, check, deploy, log } = this.#deps;
    const source = await textOf(entry.path);
    const sha256 = createHash('sha256').update(source).digest('hex');
    const before = functions().get(entry.name);
    if (sha256 === entry.sha256 && before) return;
    const found = await definedIn(source, entry, check);
    const { version } = await deploy({
      source,
      functionName: entry.functionName,
      name: entry.name,
      description: before?.description ?? found.docstring.split('\n')[0] ?? '',
      isPublic: before?.isPublic ?? false,
      override: true,
    });
    entry.sha256 = sha256;
    log.info(`'${entry.name}' follows ${entry.path}: version ${version} is deployed`);
  }

  async #look(entry: Entry): Promise<void> {
    if (this.#entries.get(entry.name) !== entry) return;
    const [problem, sha256] = [entry.problem, entry.sha256];
    try {
      await this.#take(entry);
      entry.problem = null;
    } catch (error) {
      const { message } = error as Error;
      // Anything but a refusal is a fault of the program or of the disk: it must stop neither the other files nor the
      // program.
      const why = error instanceof Refusal ? message : `It could not be deployed: ${message}`;
      entry.problem = why;
      if (problem !== why) this.#deps.log.warn(`'${entry.name}' stays as it was; ${entry.path}: ${why}`);
    }
    if (entry.sha256 !== sha256) await this.#keep();
    if (entry.sha256 !== sha256 || entry.problem !== problem) this.#deps.onChange();
  }

  #add(kept: Kept): Entry {
    this.#entries.get(kept.name)?.stop();
    const entry: Entry = { ...kept, problem: null, stop: () => undefined };
    this.#entries.set(kept.name, entry);
    entry.stop = watched(kept.path, () => {
      this.#looks.run(() => this.#look(entry)).catch((error: unknown) => this.#deps.log.warn((error as Error).message));
    });
    return entry;
  }

  #drop(name: string): boolean {
    this.#entries.get(name)?.stop();
    return this.#entries.delete(name);
  }
}

function shown({ name, path: file, functionName, problem }: Entry): FollowedFile {
  return { name, path: file, functionName, problem };
}

async function definedIn(
  source: string,
  { functionName }: Kept,
  check: Calls['checkSource'],
): Promise<DefinedFunction> {
  const { functions, problems } = await check(source);
  if (functions === null) {
    const [problem] = problems;
    throw new Refusal('refused', problem ? `line ${problem.line}: ${problem.text}` : 'Python did not answer.');
  }
  const found = functions.find(({ name }) => name === functionName);
  if (!found) throw new Refusal('refused', `The file defines no function ${functionName}.`);
  return found;
}

/** @throws Refusal with why it cannot be read */
async function textOf(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readRegularFile(file, MOST_BYTES));
  } catch (error) {
    if (isRefusal(error, 'file-too-large', 'not-regular-file'))
      throw new Refusal(
        'refused',
        error.code === 'not-regular-file' ? 'It is not a file.' : `The file is larger than ${MOST_BYTES / 1e6} MB.`,
      );
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'The file does not exist.'
        : code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
          ? 'The file is not UTF-8 text.'
          : null;
    throw new Refusal('refused', why ?? `The file cannot be read (${(error as Error).message}).`);
  }
}

/**
 * Watches the folder: editors replace a file by a new one, and a watch of the file would end with the old one. The
 * system reports nothing about network disks, nor about folders that were removed and came back, so the file is also
 * checked now and then.
 */
function watched(file: string, onSave: () => void): () => void {
  let timer: NodeJS.Timeout | null = null;
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      onSave();
    }, SETTLE_MS).unref();
  };
  const stopWatching = folderWatched(file, soon);
  watchFile(file, { persistent: false, interval: LOOK_MS }, soon);
  return () => {
    if (timer) clearTimeout(timer);
    unwatchFile(file, soon);
    stopWatching();
  };
}

function folderWatched(file: string, onChange: () => void): () => void {
  try {
    const name = path.basename(file);
    const watcher = watch(path.dirname(file), { persistent: false }, (_event, changed) => {
      if (changed === null || changed === name) onChange();
    });
    watcher.on('error', onChange);
    return () => watcher.close();
  } catch {
    return () => undefined;
  }
}

async function readKept(file: string, log: FollowedFilesDeps['log']): Promise<readonly Kept[]> {
  let text: string;
  try {
    text = await readTextFile(file);
  } catch {
    return [];
  }
  try {
    return v.parse(KEPT, JSON.parse(text), { abortEarly: true });
  } catch (error) {
    const aside = `${file}.damaged-${Date.now()}`;
    await rename(file, aside).catch(() => undefined);
    log.warn(`the list of followed files cannot be read (${(error as Error).message}); it was renamed to ${aside}`);
    return [];
  }
}
