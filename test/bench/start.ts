// Starts the servers that the bench runs itself and ends them. Must not know what they are asked.

import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { unusedPort } from '../support/unused-port.ts';
import { askOnce } from './load.ts';

export interface Started {
  readonly url: string;
  readonly pid: number;
  /** From its start to its first answer. */
  readonly firstAnswerMs: number;
  /** Ends it and removes its folder. */
  readonly stop: () => Promise<void>;
}

const ROOT = path.resolve(import.meta.dirname, '../..');
/** As `npm run serve` starts it. */
const OURS = [
  '--disable-warning=ExperimentalWarning',
  '--initial-old-space-size=64',
  '--import',
  './src-main/entries/compile-cache.ts',
  'src-main/entries/cli.ts',
];
const LONGEST_START_MS = 120_000;
const SIMPLEST = Buffer.from('{"data": {"_arg1": 1, "_arg2": 2}, "script": "return _arg1+_arg2"}');

/** Starts our server on a free port with an empty data folder; `args` are more options of `serve`. */
export function startOurs(args: readonly string[], until: Until = 'answers'): Promise<Started> {
  return start(until, (folder, port) => [
    process.execPath,
    [...OURS, 'serve', '--port', String(port), '--data-dir', folder, '--quiet', ...args],
  ]);
}

/** Starts a TabPy on a free port. @param program of its Python, such as /opt/tabpy/bin/tabpy */
export function startTabpy(program: string, until: Until = 'answers'): Promise<Started> {
  return start(until, (folder, port) => [
    program,
    ['--disable-auth-warning'],
    { TABPY_PORT: String(port), HOME: folder },
    // It keeps its log where it is started.
    folder,
  ]);
}

/** Starts the Koa server of `--limit`. */
export function startLimit(): Promise<Started> {
  return start('answers', (_, port) => [process.execPath, ['test/bench/limit-server.ts', String(port)]]);
}

/** `answers`: a script; `listens`: nobody has asked it anything yet. */
export type Until = 'answers' | 'listens';

type Command = readonly [
  program: string,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
  cwd?: string,
];

async function start(until: Until, commandFor: (folder: string, port: number) => Command): Promise<Started> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tabpy-tray-bench-'));
  const logFile = path.join(folder, 'log');
  const port = await unusedPort();
  const [program, args, env = {}, cwd = ROOT] = commandFor(folder, port);
  // A line for each request goes there; through a pipe it would be our work to read them while we measure.
  const log = openSync(logFile, 'w');
  const before = performance.now();
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', log, log] });
  closeSync(log);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}/`;
  while (child.pid !== undefined && child.exitCode === null && performance.now() - before < LONGEST_START_MS) {
    const isListening = until === 'listens' && (await askOnce(url, '/info', null).catch(() => null))?.status === 200;
    const isAnswering =
      until === 'answers' && (await askOnce(url, '/evaluate', SIMPLEST).catch(() => null))?.status === 200;
    if (isListening || isAnswering) return { url, pid: child.pid, firstAnswerMs: performance.now() - before, stop };
    await sleep(10);
  }
  const why = await readFile(logFile, 'utf8');
  await stop();
  throw new Error(`${program} did not start: ${why.trim().slice(-2_000)}`);
}
