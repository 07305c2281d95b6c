// The real program as a user starts it, on a free port and a folder of its own. Must not reach inside.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly dataDir: string;
  /** Everything that it printed so far. */
  readonly output: () => string;
  /** POSTs JSON (or bytes as they are) and answers status, headers and the parsed body (its text where it is no JSON). */
  post(route: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<JsonAnswer>;
  get(route: string): Promise<JsonAnswer>;
  /** Runs a script with arguments; answers what /evaluate answers. */
  evaluate(script: string, data?: Readonly<Record<string, unknown>>): Promise<JsonAnswer>;
  /** Ctrl-C; resolves with the exit code. */
  stop(): Promise<number | null>;
}

export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface ServerOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What is run, with its first arguments; the command line unless said otherwise. */
  readonly program?: readonly string[];
  /** Kept by the caller; without it a folder is made and removed at the end. */
  readonly dataDir?: string;
}

// For taking a wall out by hand, such as `--isolation shared`, to see which attacks then get through (ARCHITECTURE.md).
const FURTHER_ARGS = (process.env['TABPY_TRAY_TEST_SERVE_ARGS'] ?? '').split(' ').filter(Boolean);
const root = path.resolve(import.meta.dirname, '../..');
const ADDRESS = /is running: https?:\/\/localhost:(\d+)/;

/** Starts the server and waits until it says its address. Rejects with its output when it ends before that. */
export async function startServer({
  args = [],
  env = {},
  program = ['src-main/entries/cli.ts', 'serve'],
  dataDir,
}: ServerOptions = {}): Promise<RunningServer> {
  const folder = dataDir ?? (await mkdtemp(path.join(tmpdir(), 'tabpy-tray-')));
  const child = spawn(process.execPath, [...program, '--port', '0', '--data-dir', folder, ...FURTHER_ARGS, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed: string[] = [];
  const port = await new Promise<number>((resolve, reject) => {
    const take = (part: Buffer): void => {
      printed.push(part.toString());
      const found = ADDRESS.exec(printed.join(''))?.[1];
      if (found) resolve(Number(found));
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${printed.join('')}`)));
  });
  const url = `http://127.0.0.1:${port}`;
  const ask = async (route: string, init: RequestInit): Promise<JsonAnswer> => {
    const answer = await fetch(`${url}${route}`, init);
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: parsed(text) };
  };
  const post: RunningServer['post'] = (route, body, headers = {}) =>
    ask(route, {
      method: 'POST',
      body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  return {
    url,
    port,
    pid: child.pid!,
    dataDir: folder,
    output: () => printed.join(''),
    post,
    get: (route) => ask(route, {}),
    evaluate: (script, data = {}) => post('/evaluate', { data, script }),
    stop: async () => {
      const code = await end(child);
      if (dataDir === undefined) await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}

function parsed(text: string): unknown {
  try {
    return text === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill('SIGINT');
  return ended;
}
