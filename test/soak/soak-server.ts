// The real server as a process, with its log counted instead of kept: a soak logs for hours. Must not know what it is asked.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface SoakServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** How often each of `LOG_EVENTS` was logged. */
  readonly events: Readonly<Record<keyof typeof LOG_EVENTS, number>>;
  readonly isAlive: () => boolean;
  /** Ctrl-C; the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** An answer, or why there is none. */
export interface HttpAnswer {
  /** 0: there was no answer. */
  readonly status: number;
  readonly text: string;
  readonly elapsedMs: number;
}

export interface Question {
  readonly method: string;
  readonly route: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The caller hangs up after this. */
  readonly patienceMs?: number;
}

export const TIMEOUT_SECONDS = 3;

const LOG_EVENTS = {
  pythonStarted: /Python [\d.]+ is ready \(process/,
  pythonDidNotStart: /Python did not start/,
  ranAgain: /was killed from outside; its request runs again/,
  stackTraces: /^\s+at .*\.ts:\d+/,
} as const;

const root = path.resolve(import.meta.dirname, '../..');
const ADDRESS = /is running: http:\/\/localhost:(\d+)/;
// Long enough for a machine that does ten other things; what takes longer counts as no answer.
const PATIENCE_MS = 180_000;

/** Starts the server on a data folder; its log is appended to a file. Rejects when it ends before it says its address. */
export async function startSoakServer(dataDir: string, logFile: string): Promise<SoakServer> {
  const child = spawn(
    process.execPath,
    ['src-main/entries/cli.ts', 'serve', '--port', '0', '--data-dir', dataDir, '--verbose'],
    {
      cwd: root,
      env: { ...process.env, TABPY_EVALUATE_TIMEOUT: String(TIMEOUT_SECONDS) },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C is for the soak: it stops the server itself, when it has looked at it.
      detached: true,
    },
  );
  const killIt = (): void => void child.kill('SIGKILL');
  process.once('exit', killIt);
  void once(child, 'exit').then(() => process.removeListener('exit', killIt));
  const log = createWriteStream(logFile, { flags: 'a' });
  const events = { pythonStarted: 0, pythonDidNotStart: 0, ranAgain: 0, stackTraces: 0 };
  const gone = once(child, 'exit');
  createInterface({ input: child.stderr }).on('line', (line) => {
    log.write(`${line}\n`);
    for (const name of Object.keys(LOG_EVENTS) as (keyof typeof LOG_EVENTS)[])
      if (LOG_EVENTS[name].test(line)) events[name] += 1;
  });
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = ADDRESS.exec(line)?.[1];
      if (found) resolve(Number(found));
    });
    void gone.then(([code]) =>
      reject(new Error(`The server ended with ${code} before it ran; its log is ${logFile}.`)),
    );
  });
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    pid: child.pid!,
    events,
    isAlive,
    async stop() {
      if (isAlive()) child.kill('SIGINT');
      await gone;
      return child.exitCode;
    },
    async kill() {
      if (isAlive()) child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Asks one thing. Never rejects: no answer is an answer with status 0 and the reason as text. */
export async function ask(url: string, question: Question): Promise<HttpAnswer> {
  const start = performance.now();
  const elapsed = (): number => performance.now() - start;
  try {
    const answer = await fetch(`${url}${question.route}`, {
      method: question.method,
      headers: { 'content-type': 'application/json', ...question.headers },
      signal: AbortSignal.timeout(question.patienceMs ?? PATIENCE_MS),
      ...(question.body === undefined ? {} : { body: question.body }),
    });
    return { text: await answer.text(), status: answer.status, elapsedMs: elapsed() };
  } catch (error) {
    const { message, cause } = error as Error;
    return { status: 0, text: cause instanceof Error ? `${message}: ${cause.message}` : message, elapsedMs: elapsed() };
  }
}

/** POST /evaluate as Tableau asks it; an empty user sends no TabPy-User. */
export function evaluation(script: string, data: Readonly<Record<string, unknown>> = {}, user = ''): Question {
  return { method: 'POST', route: '/evaluate', body: JSON.stringify({ data, script }), headers: headersOf(user) };
}

export function headersOf(user: string): Readonly<Record<string, string>> {
  return user === '' ? {} : { 'TabPy-User': user };
}
