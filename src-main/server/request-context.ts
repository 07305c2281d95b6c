// What routes are handed and how they answer. Must not know any route.

import type { Context } from 'koa';
import type { RequestRecord } from '../../src-shared/request-record.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { Log } from '../activity/log.ts';
import type { Registry } from '../endpoints/registry.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { pythonJson } from './python-json.ts';
import type { UploadFolder } from './upload-folder.ts';

export interface AppDeps {
  /** The application is made anew when they change. */
  readonly settings: Settings;
  readonly registry: Registry;
  readonly runtime: Runtime;
  readonly uploads: UploadFolder;
  readonly dataDir: string;
  /** Seconds since 1970-01-01, as text: /info's creation_time. */
  readonly creationTime: string;
  readonly serverVersion: string;
  readonly log: Log;
  /** Numbers of requests, from 1. */
  readonly nextId: () => number;
  /** Told of every request after its answer was handed over. */
  readonly record: (record: RequestRecord) => void;
}

/** What routes find in `ctx.state`. */
export interface RequestState {
  failure: string | null;
  requestBytes: number;
}

export type RouteContext = Context & { readonly state: RequestState };

/** Sends a value as JSON with TabPy's media type. */
export function sendJson(ctx: Context, status: number, value: unknown): void {
  sendJsonBytes(ctx, status, Buffer.from(pythonJson(value)));
}

/** Sends bytes that are JSON already. */
export function sendJsonBytes(ctx: Context, status: number, bytes: Buffer): void {
  ctx.status = status;
  ctx.set('Content-Type', 'application/json');
  ctx.body = bytes;
}
