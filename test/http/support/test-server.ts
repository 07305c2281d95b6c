// The application on a free port with a runtime that is no Python, and two ways to call it. Must not know what is tested.

import { rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { RequestFacts } from '../../../src-shared/request-record.ts';
import { DEFAULT_SETTINGS } from '../../../src-shared/settings.ts';
import type { Settings } from '../../../src-shared/settings.ts';
import type { RequestContent } from '../../../src-main/activity/recorder.ts';
import type { Registry } from '../../../src-main/functions/registry.ts';
import { createApp } from '../../../src-main/http/app.ts';
import type { SignIn } from '../../../src-main/sign-in/sign-in.ts';
import { listen } from '../../../src-main/listening/listen.ts';
import type { AppDeps } from '../../../src-main/http/request-context.ts';
import { readSourceFile } from '../../../src-main/http/source-files.ts';
import { LiveRequests } from '../../../src-main/activity/live-requests.ts';
import type { ReplyMeta } from '../../../src-main/runtime/messages.ts';
import { createUploadFolder } from '../../../src-main/http/upload-folder.ts';
import { openFolder } from '../../functions/support/deployment.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { fakeRuntime } from './fake-runtime.ts';
import type { FakeRuntime } from './fake-runtime.ts';

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  /** The parsed body; undefined when it is no JSON. */
  readonly json: unknown;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  /** Text and bytes go as they are, anything else as JSON. Several chunks go with chunked encoding. */
  readonly body?: unknown;
  readonly chunks?: readonly Buffer[];
}

export interface TestServer {
  readonly port: number;
  readonly runtime: FakeRuntime;
  readonly registry: Registry;
  /** Where TabPy's client leaves its files. */
  readonly uploads: string;
  readonly records: readonly RequestFacts[];
  /** What belongs to the records. */
  readonly contents: readonly RequestContent[];
  /** The requests that are not answered yet. */
  readonly live: LiveRequests;
  /** What became known of requests after their answers. */
  readonly amended: readonly (readonly [number, ReplyMeta])[];
  readonly errors: readonly string[];
  /** Puts a file in place of the functions' folder: nothing can be written from now on. */
  breakDisk(): void;
  ask(path: string, options?: Ask): Promise<Reply>;
  /** Sends bytes as they are; answers all that comes back until the server closes the connection. */
  raw(text: string, isEnded?: boolean): Promise<string>;
  connect(): Socket;
}

export async function startApp(
  settings: Partial<Settings> = {},
  { signIn = null, ...more }: Partial<Pick<AppDeps, 'isOwn' | 'state'>> & { readonly signIn?: SignIn | null } = {},
  onRecord: AppDeps['record'] = () => undefined,
): Promise<TestServer> {
  const runtime = fakeRuntime();
  const folder = temporaryFolder();
  const { registry } = await openFolder(folder);
  const uploads = temporaryFolder();
  const records: RequestFacts[] = [];
  const contents: RequestContent[] = [];
  const errors: string[] = [];
  const live = new LiveRequests(
    () => true,
    () => undefined,
  );
  const amended: (readonly [number, ReplyMeta])[] = [];
  const say = (): void => undefined;
  let count = 0;
  const now = { ...DEFAULT_SETTINGS, ...settings };
  const app = createApp({
    settings: () => now,
    registry,
    runtime,
    uploads: createUploadFolder(uploads, registry),
    readSource: readSourceFile,
    dataDir: '/the/data',
    creationTime: '1700000000',
    serverVersion: '2.16.0+test',
    signIn: () => signIn,
    state: () => null,
    isOwn: () => false,
    ...more,
    log: { debug: say, info: say, warn: say, error: (text) => void errors.push(text) },
    nextId: () => ++count,
    live,
    amend: (id, meta) => void amended.push([id, meta]),
    record(one, content) {
      records.push(one);
      contents.push(content);
      onRecord(one, content);
    },
  });
  const handle = app.callback();
  const listener = await listen((from, to) => void handle(from, to), ['127.0.0.1'], 0);
  onTestFinished(() => listener.close(0));
  const { port } = listener;
  const open = (): Socket => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
    return socket;
  };
  return {
    port,
    runtime,
    registry,
    uploads,
    records,
    live,
    amended,
    contents,
    errors,
    breakDisk: () => {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, '');
    },
    ask: (path, options = {}) => askAt(port, path, options),
    raw: (text, isEnded = false) =>
      new Promise((resolve) => {
        const socket = open();
        let answer = '';
        socket.on('data', (part: Buffer) => (answer += part.toString('latin1')));
        socket.once('close', () => resolve(answer));
        socket.once('end', () => socket.end());
        socket.write(text, 'latin1');
        if (isEnded) socket.end();
      }),
    connect: open,
  };
}

function askAt(port: number, path: string, { method, headers = {}, body, chunks }: Ask): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const bytes = bytesOf(body);
    const outgoing = request(
      {
        port,
        host: '127.0.0.1',
        path,
        agent: false,
        method: method ?? (bytes || chunks ? 'POST' : 'GET'),
        headers: { ...(bytes ? { 'content-length': bytes.length } : {}), ...headers },
      },
      (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.once('error', reject);
        incoming.once('end', () => {
          const all = Buffer.concat(parts);
          const text = all.toString();
          resolve({ status: incoming.statusCode!, headers: incoming.headers, bytes: all, text, json: parsed(text) });
        });
      },
    );
    outgoing.once('error', reject);
    for (const chunk of chunks ?? []) outgoing.write(chunk);
    outgoing.end(bytes);
  });
}

function bytesOf(body: unknown): Buffer | undefined {
  if (body === undefined || Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
