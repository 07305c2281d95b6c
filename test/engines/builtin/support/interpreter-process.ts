// One interpreter process for tests: started as the service starts it, asked over its two pipes, without the service's runtime.

import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';

import { launchOf } from '../../../../src-main/engines/builtin/host/launch.ts';
import type { InterpreterConfig, Launch } from '../../../../src-main/engines/builtin/host/launch.ts';

export interface Answer {
  readonly meta: Readonly<Record<string, unknown>> & { readonly status?: number; readonly bodyBytes?: number };
  readonly body: Buffer;
}

export interface InterpreterProcess {
  readonly pid: number;
  readonly ready: Readonly<Record<string, unknown>>;
  /** Rejects when the process ends, or after `limitMs`, when it is killed. */
  ask(meta: object, body?: Uint8Array, limitMs?: number): Promise<Answer>;
  /** POST /evaluate's body, answered as text. */
  evaluate(script: string, data?: object, limitMs?: number): Promise<Answer>;
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  readonly complaints: () => string;
  stop(): Promise<void>;
}

const MB = 1 << 20;

export async function startProcess(
  config: Pick<InterpreterConfig, 'imageDir'> & Partial<InterpreterConfig>,
  change: (launch: Launch) => Launch = (launch) => launch,
): Promise<InterpreterProcess> {
  const launch = change(launchOf({ memoryMb: 1536, maxResultBytes: 256 * MB, isDebug: true, ...config }));
  const child = spawn(launch.command, launch.args, { env: launch.env, cwd: launch.cwd, stdio: [...launch.stdio] });
  const requests = child.stdio[3] as Writable;
  const answers = child.stdio[4] as Readable;
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  requests.on('error', () => undefined);
  answers.on('error', () => undefined);

  let parts: Buffer[] = [];
  let have = 0;
  let waiting: { id: number; resolve: (answer: Answer) => void; reject: (error: Error) => void } | null = null;
  answers.on('data', (chunk: Buffer) => {
    parts.push(chunk);
    have += chunk.length;
    if (have < 8) return;
    if (parts[0]!.length < 12 && have >= 12) parts = [Buffer.concat(parts)];
    const length = parts[0]!.readUInt32LE(0);
    if (have < 8 + length) return;
    const frame = Buffer.concat(parts);
    parts = [];
    have = 0;
    const metaEnd = 12 + frame.readUInt32LE(8);
    if (waiting?.id !== frame.readUInt32LE(4)) return;
    const { resolve } = waiting;
    waiting = null;
    resolve({ meta: JSON.parse(frame.toString('utf8', 12, metaEnd)) as Answer['meta'], body: frame.subarray(metaEnd) });
  });
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('exit', (code, signal) => {
      resolve({ code, signal });
      waiting?.reject(new Error(`ended with ${code ?? signal}: ${complaints}`));
    });
  });
  const answerTo = (id: number): Promise<Answer> =>
    new Promise((resolve, reject) => {
      waiting = { id, resolve, reject };
    });

  const ready = (await answerTo(0)).meta;
  const ask = async (meta: object, body: Uint8Array = new Uint8Array(0), limitMs = 60_000): Promise<Answer> => {
    const id = randomInt(1, 2 ** 32 - 1);
    const json = Buffer.from(JSON.stringify(meta));
    const head = Buffer.alloc(12);
    head.writeUInt32LE(4 + json.length + body.length, 0);
    head.writeUInt32LE(id, 4);
    head.writeUInt32LE(json.length, 8);
    const answer = answerTo(id);
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
    requests.write(Buffer.concat([head, json]));
    requests.write(body);
    return answer.finally(() => clearTimeout(timer));
  };
  return {
    pid: child.pid!,
    ready,
    ask,
    evaluate: (script, data = {}, limitMs) =>
      ask({ op: 'evaluate', timeoutSeconds: 30 }, Buffer.from(JSON.stringify({ data, script })), limitMs),
    exited,
    complaints: () => complaints,
    async stop() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
