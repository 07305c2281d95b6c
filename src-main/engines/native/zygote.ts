// The process that imports an environment's packages and forks its interpreters: starts it, hears it, ends it. Must not
// know requests.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { removeFolder } from './temporary-files.ts';
import { eventIn } from './zygote-events.ts';
import type { InterpreterEnd, ZygoteEvent } from './zygote-events.ts';

export interface ZygoteOptions {
  /** The program of the environment. */
  readonly python: string;
  /** Modules that are imported before the first interpreter, where they are there. */
  readonly modules: readonly string[];
  /** The folders with our Python. */
  readonly sources: NativeSources;
}

export interface NativeSources {
  /** tabpy_tray, and what scripts import beside it. */
  readonly scripts: string;
  /** The zygote's own. */
  readonly engine: string;
}

/** What becomes of an interpreter. */
export interface ForkEvents {
  started(pid: number): void;
  /** It could not be started. */
  failed(why: string): void;
  ended(end: InterpreterEnd): void;
}

/** An interpreter that was asked for. */
export interface Fork {
  readonly socket: Socket;
  /** Its own folder, which goes when it has ended. */
  readonly folder: string;
  kill(): void;
}

export type ReadyEvent = Extract<ZygoteEvent, { readonly event: 'ready' }>;

// The system's limit for the path of a socket is 108 bytes.
const LONGEST_DOOR = 100;
const LAST_WORDS = 2_000;
/** Nothing of the server's environment: one thread a calculation, no processes, the clock of UTC. */
const ENV = {
  TZ: 'UTC',
  LANG: 'C.UTF-8',
  OPENBLAS_NUM_THREADS: '1',
  OMP_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  JOBLIB_MULTIPROCESSING: '0',
  LOKY_MAX_CPU_COUNT: '1',
  MPLBACKEND: 'Agg',
};

export class Zygote {
  /** Resolves when interpreters can be forked; rejects with the reason. */
  readonly ready: Promise<ReadyEvent>;
  /** Resolves with why, when the process has ended. */
  readonly ended: Promise<string>;
  #isAlive = true;
  #last = 0;
  #lastWords = '';
  readonly #home: string;
  readonly #door: string;
  readonly #work: string;
  readonly #forks = new Map<number, ForkEvents>();
  readonly #child;

  constructor({ python, modules, sources }: ZygoteOptions) {
    this.#home = mkdtempSync(path.join(doorFolder(), 'tabpy-tray-native-'));
    this.#door = path.join(this.#home, 'door');
    this.#work = path.join(this.#home, 'interpreters');
    mkdirSync(this.#work, { mode: 0o700 });
    this.#child = spawn(python, ['-I', '-B', '-X', 'utf8', path.join(sources.engine, 'start.py')], {
      env: ENV,
      cwd: '/',
      stdio: ['pipe', 'pipe', 'pipe'],
      // A Ctrl-C in the terminal is only for the server, which lets running requests finish.
      detached: true,
    });
    const { stdin, stdout, stderr } = this.#child;
    const ready = Promise.withResolvers<ReadyEvent>();
    const ended = Promise.withResolvers<string>();
    this.ready = ready.promise;
    this.ended = ended.promise;
    this.ready.catch(() => undefined);
    createInterface({ input: stdout }).on('line', (line) => this.#hear(eventIn(line), ready));
    stderr.on('data', (piece: Buffer) => {
      this.#lastWords = (this.#lastWords + piece.toString()).slice(-LAST_WORDS);
    });
    const over = (why: string): void => {
      if (!this.#isAlive) return;
      this.#isAlive = false;
      ready.reject(new Error(why));
      for (const fork of this.#forks.values()) fork.ended({ code: null, signal: 'SIGKILL' });
      this.#forks.clear();
      rmSync(this.#home, { recursive: true, force: true });
      ended.resolve(why);
    };
    this.#child.on('error', (error) => over(error.message));
    // 'close' and not 'exit': what it said last must have been heard.
    this.#child.on('close', (code, signal) => over(this.#whyEnded(code, signal)));
    stdin.on('error', () => undefined);
    stdin.write(
      `${JSON.stringify({
        home: this.#home,
        work: this.#work,
        door: this.#door,
        modules,
        sources: [sources.scripts],
        readable: [sources.scripts, sources.engine],
      })}\n`,
    );
    // It alone must not keep the program running.
    this.#child.unref();
    for (const stream of [stdin, stdout, stderr]) (stream as unknown as Socket).unref();
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Asks for an interpreter; only when it is ready. */
  fork(limits: { readonly memoryBytes: number; readonly fileBytes: number }, events: ForkEvents): Fork {
    const id = ++this.#last;
    this.#forks.set(id, events);
    const socket = createConnection(this.#door);
    socket.write(`${JSON.stringify({ id, ...limits })}\n`);
    return { socket, folder: path.join(this.#work, String(id)), kill: () => this.#kill(id) };
  }

  /** Ends it with all its interpreters. */
  async close(): Promise<void> {
    this.#child.stdin.end();
    await this.ended;
  }

  #kill(id: number): void {
    this.#child.stdin.write(`kill ${id}\n`);
  }

  #hear(event: ZygoteEvent | null, ready: PromiseWithResolvers<ReadyEvent>): void {
    switch (event?.event) {
      case undefined:
        return;
      case 'ready':
        return ready.resolve(event);
      case 'refused':
        return ready.reject(new Error(event.why));
      case 'started': {
        const fork = this.#forks.get(event.id);
        // Nobody waits for it any more.
        if (fork === undefined) this.#kill(event.id);
        return fork?.started(event.pid);
      }
      case 'failed':
        this.#forks.get(event.id)?.failed(event.why);
        return this.#forget(event.id);
      case 'ended':
        this.#forks.get(event.id)?.ended(event);
        return this.#forget(event.id);
    }
  }

  #forget(id: number): void {
    this.#forks.delete(id);
    // Its files are no longer anybody's; a full disk or a strange file system costs no request.
    removeFolder(path.join(this.#work, String(id))).catch(() => undefined);
  }

  #whyEnded(code: number | null, signal: string | null): string {
    const how = signal === null ? `exit code ${code}` : signal;
    const said = this.#lastWords.trim().split('\n').at(-1);
    return said ? `${how}: ${said}` : how;
  }
}

/** Where its private folder goes: the system's temporary folder, unless its path is too long for a socket. */
function doorFolder(): string {
  return tmpdir().length + '/tabpy-tray-native-XXXXXX/door'.length > LONGEST_DOOR ? '/tmp' : tmpdir();
}
