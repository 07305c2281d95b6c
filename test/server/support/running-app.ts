// The Koa application on a free port with a runtime that tests answer by hand. Must not start Python.

import { connect } from 'node:net';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { createLog } from '../../../src-main/activity/log.ts';
import { openEndpointFiles } from '../../../src-main/endpoints/files.ts';
import { openRegistry } from '../../../src-main/endpoints/registry.ts';
import type { Registry } from '../../../src-main/endpoints/registry.ts';
import type { Answer, Caller, Runtime } from '../../../src-main/runtime/runtime.ts';
import { createApp } from '../../../src-main/server/app.ts';
import { listen } from '../../../src-main/server/listen.ts';
import { createUploadFolder } from '../../../src-main/server/upload-folder.ts';
import type { RequestRecord } from '../../../src-shared/request-record.ts';
import { DEFAULT_SETTINGS } from '../../../src-shared/settings.ts';
import type { Settings } from '../../../src-shared/settings.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

export interface RunningApp {
  readonly port: number;
  readonly url: string;
  readonly folder: string;
  readonly registry: Registry;
  readonly records: readonly RequestRecord[];
  /** Bodies that reached the runtime, and who sent them. */
  readonly asked: readonly { readonly what: string; readonly body: Buffer; readonly caller: Caller }[];
  /** Sends bytes as they are and answers everything that comes back until the server closes or `enough` says so. */
  raw(text: string, enough?: (sofar: string) => boolean): Promise<string>;
}

export interface AppOptions {
  readonly settings?: Partial<Settings>;
  /** What the runtime answers; default: status 200, `3`. */
  readonly answer?: (what: string, body: Buffer, caller: Caller) => Promise<Answer>;
}

export function answered(json: string, status = 200): Answer {
  const body = Buffer.from(json);
  return { kind: 'answered', meta: { status, bodyBytes: body.length }, body };
}

/** Starts it inside a test; it is gone when the test ends. */
export async function startApp({
  settings = {},
  answer = () => Promise.resolve(answered('3')),
}: AppOptions = {}): Promise<RunningApp> {
  const folder = temporaryFolder();
  const log = createLog({ level: 'error', write: () => undefined });
  const registry = await openRegistry({ files: await openEndpointFiles({ dir: path.join(folder, 'endpoints'), log }) });
  const asked: { what: string; body: Buffer; caller: Caller }[] = [];
  const ask = (what: string, body: Buffer, caller: Caller): Promise<Answer> => {
    asked.push({ what, body, caller });
    return answer(what, body, caller);
  };
  const runtime: Runtime = {
    open: () => Promise.resolve(true),
    evaluate: (body, caller) => ask('evaluate', body, caller),
    query: (name, body, caller) => ask(`query ${name}`, body, caller),
    inspect: () => Promise.resolve({ docstring: 'from the pickle', methods: [] }),
    load: () => Promise.resolve({}),
    stopScripts: () => 0,
    counts: () => ({ starting: 0, idle: 0, busy: 0, waiting: 0, started: 0 }),
    close: () => Promise.resolve(),
  };
  const records: RequestRecord[] = [];
  const app = createApp({
    settings: { ...DEFAULT_SETTINGS, ...settings },
    registry,
    runtime,
    uploads: createUploadFolder(path.join(folder, 'staging'), registry),
    dataDir: folder,
    creationTime: '5',
    serverVersion: '2.16.0+test',
    log,
    record: (record) => records.push(record),
  });
  const handle = app.callback();
  const listener = await listen((request, response) => void handle(request, response), ['127.0.0.1'], 0);
  onTestFinished(() => listener.close(0));
  return {
    port: listener.port,
    url: `http://127.0.0.1:${listener.port}`,
    folder,
    registry,
    records,
    asked,
    raw: (text, enough = () => false) => exchange(listener.port, text, enough),
  };
}

function exchange(port: number, text: string, enough: (sofar: string) => boolean): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(text));
    socket.on('data', (part) => {
      received += part.toString('latin1');
      if (enough(received)) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(received));
  });
}
