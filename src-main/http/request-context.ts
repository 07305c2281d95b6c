// What routes get, and how they answer. Must not know any route.

import type { IncomingHttpHeaders } from 'node:http';
import type { Context } from 'koa';
import type { EndReason } from '../../src-shared/end-reason.ts';
import type { RequestFacts } from '../../src-shared/request-record.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { Log } from '../activity/log.ts';
import type { Live, LiveRequests } from '../activity/live-requests.ts';
import type { RequestContent } from '../activity/recorder.ts';
import type { Registry } from '../functions/registry.ts';
import type { TabpyState } from '../settings/state-file.ts';
import type { SignIn } from '../sign-in/sign-in.ts';
import type { ReplyMeta } from '../runtime/messages.ts';
import type { ReadSource } from '../runtime/inspection.ts';
import type { Answer } from '../runtime/answer.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { pythonJson } from './python-json.ts';
import type { UploadFolder } from './upload-folder.ts';

export interface AppDeps {
  /** The current values; read again for each request. */
  readonly settings: () => Settings;
  readonly registry: Registry;
  readonly runtime: Runtime;
  readonly uploads: UploadFolder;
  /** Reads the file that a pickle of this computer names as its source. */
  readonly readSource: ReadSource;
  readonly dataDir: string;
  /** Seconds since 1970-01-01, as text: /info's creation_time. */
  readonly creationTime: string;
  readonly serverVersion: string;
  /** TabPy's state.ini, where one is named; it overrides the settings. */
  readonly state: () => TabpyState | null;
  /** Null: no sign-in. */
  readonly signIn: () => SignIn | null;
  /** Whether a request is one of the program's own, which needs no credentials. */
  readonly isOwn: (headers: IncomingHttpHeaders) => boolean;
  readonly log: Log;
  /** The number of the next request, from 1. */
  readonly nextId: () => number;
  /** The requests that are not answered yet. */
  readonly live: LiveRequests;
  /** Called with what was learnt afterwards of a recorded request that ended without an answer. */
  readonly amend: (id: number, meta: ReplyMeta) => void;
  /** Called for every request after its answer was handed over. */
  readonly record: (record: RequestFacts, content: RequestContent) => void;
}

/** What routes find in `ctx.state`. */
export interface RequestState {
  id: number;
  startedAt: number;
  failure: string | null;
  /** The name of the signed-in user; null without sign-in. */
  signedInAs: string | null;
  requestBytes: number;
  /** The body as it was read, unpacked; null when it was not read. */
  requestBody: Buffer | null;
  /** The answer before it is gzipped. */
  responseBody: Buffer | null;
  /** What Python reported beside the answer. */
  python: ReplyMeta | null;
  /** Why Python ended before it answered. */
  ended: EndReason | null;
  /** When it arrived, and when Python began with it; null for requests that need no Python. */
  live: Live | null;
}

export type RouteContext = Context & { readonly state: RequestState };

/** Sends a value as JSON with TabPy's media type. */
export function sendJson(ctx: Context, status: number, value: unknown): void {
  sendJsonBytes(ctx, status, Buffer.from(pythonJson(value)));
}

/** Sends bytes that are already JSON. */
export function sendJsonBytes(ctx: Context, status: number, bytes: Buffer): void {
  ctx.status = status;
  ctx.set('Content-Type', 'application/json');
  ctx.body = bytes;
  (ctx.state as RequestState).responseBody = bytes;
}

/** Keeps a body for the record. */
export function noteBody({ state }: RouteContext, body: Buffer): void {
  state.requestBytes = body.length;
  state.requestBody = body;
}

/** Keeps for the record what Python reported beside the answer, or why it gave none. */
export function notePython(ctx: RouteContext, answer: Answer): void {
  if (answer.kind === 'ended') ctx.state.ended = answer.reason;
  if (answer.kind !== 'answered' && answer.kind !== 'change-refused') return;
  ctx.state.python = answer.meta;
  if (answer.meta.error) ctx.state.failure = `${answer.meta.error.type} : ${answer.meta.error.text}`;
}
