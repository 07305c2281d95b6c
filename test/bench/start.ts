// Starts the servers that the bench runs itself and ends them. Must not know what they are asked.

import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Started {
  readonly url: string;
  /** Ends it and removes its folder. */
  readonly stop: () => Promise<void>;
}

const ROOT = path.resolve(import.meta.dirname, '../..');
const ADDRESS = /is running: (http:\/\/[\w.]+:\d+)/;

/** Starts our server on a free port with an empty data folder; `args` are more options of `serve`. */
export function startOurs(args: readonly string[]): Promise<Started> {
  return start((folder) => ['src-main/headless.ts', 'serve', '--port', '0', '--data-dir', folder, ...args]);
}

/** Starts the Koa server of `--limit`. */
export function startLimit(): Promise<Started> {
  return start(() => ['test/bench/limit-server.ts']);
}

async function start(argsFor: (folder: string) => readonly string[]): Promise<Started> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tabpy-tray-bench-'));
  const logFile = path.join(folder, 'log');
  // A line for each request goes there; through a pipe it would be our work to read them while we measure.
  const log = openSync(logFile, 'w');
  const child = spawn(process.execPath, argsFor(folder), { cwd: ROOT, stdio: ['ignore', 'pipe', log] });
  closeSync(log);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  const url = await new Promise<string | null>((resolve) => {
    let printed = '';
    child.stdout?.on('data', (part: Buffer) => {
      printed = `${printed}${part.toString()}`.slice(-2_000);
      const found = ADDRESS.exec(printed)?.[1];
      if (found) resolve(found);
    });
    void exited.then(() => resolve(null));
  });
  if (url !== null) return { url, stop };
  const why = await readFile(logFile, 'utf8');
  await stop();
  throw new Error(`${argsFor('…').join(' ')} did not start: ${why.trim()}`);
}
