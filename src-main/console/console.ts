// The console: page, calls and events of the tray app's window, for a browser on this computer. It uses HTTP and
// server-sent events on a loopback port of its own, so it stays up while the server stops or moves. Must not know what
// the calls do.

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import path from 'node:path';
import Koa from 'koa';
import type { Context, Next } from 'koa';
import { replyTo } from '../../src-shared/call-reply.ts';
import { ownFault } from '../../src-shared/own-fault.ts';
import type { CallName, Calls, PageEvent } from '../../src-shared/ipc.ts';
import { bodyText, jsonOf } from '../disk/call-text.ts';
import { pageFileAt, pageFileType } from '../../src-shared/page-files.ts';
import { MOST_CALL_BYTES, MOST_FILE_CALL_BYTES } from '../../src-shared/limits.ts';
import { refusalAtConsole } from './console-guard.ts';
import { createBrowsers } from './browsers.ts';

export interface Console {
  readonly port: number;
  /** The link that opens the console; it works for one browser, then there is another link. */
  link(): string;
  /** @returns a function that stops listening */
  onNewLink(listener: (link: string) => void): () => void;
  close(): Promise<void>;
}

export interface ConsoleDeps {
  readonly calls: Calls;
  readonly onEvent: (listener: (event: PageEvent) => void) => () => void;
  /** Folder of the built page. */
  readonly page: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly log: { error(text: string, more?: { readonly detail: readonly string[] }): void; info(text: string): void };
}

/** The window's policy, except that the page speaks to its own origin here (shell/window-policy.ts). */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const LINK = '/open';
const NEW_LINK =
  'Each link works once. Run tabpy-tray console on the computer of the server: it prints a new link. If the server has its own data folder, add --data-dir and the folder.';
const COOKIE = 'tabpy-tray-console';
const TAKE_ARCHIVES: ReadonlySet<string> = new Set(['lookIntoExport', 'importFunctions'] satisfies CallName[]);
// A page that does not read its events is disconnected before it costs memory; the browser then connects again.
const MAX_UNREAD_BYTES = 4_000_000;
// The page takes a console that is silent for longer than two beats for gone (bridge/event-stream.ts).
const BEAT_MS = 1_000;
const BEAT = 'event: beat\ndata: 1\n\n';

/** Opens the console on 127.0.0.1. Rejects with Node's error when the port cannot be opened. */
export async function openConsole(deps: ConsoleDeps): Promise<Console> {
  const server = new ConsoleServer(deps);
  await server.listen(deps.port);
  return server;
}

class ConsoleServer implements Console {
  readonly #deps: ConsoleDeps;
  readonly #browsers = createBrowsers();
  readonly #streams = new Set<ServerResponse>();
  /** A page that meets another program on the same port loads itself again. */
  readonly #program = randomUUID();
  readonly #server: Server;
  /** Runs only while a page listens. */
  #heart: NodeJS.Timeout | null = null;

  constructor(deps: ConsoleDeps) {
    this.#deps = deps;
    const app = new Koa();
    app.on('error', () => undefined);
    app.use((ctx, next) => this.#guard(ctx, next));
    app.use((ctx, next) => this.#events(ctx, next));
    app.use((ctx, next) => this.#call(ctx, next));
    app.use((ctx) => this.#file(ctx));
    const handle = app.callback();
    this.#server = createServer((request, response) => void handle(request, response));
  }

  get port(): number {
    return portOf(this.#server);
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host: '127.0.0.1', port }, resolve);
    });
  }

  link(): string {
    return this.#linkOf(this.#browsers.token());
  }

  onNewLink(listener: (link: string) => void): () => void {
    return this.#browsers.onNewToken((token) => listener(this.#linkOf(token)));
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const stream of this.#streams) stream.end();
      this.#server.closeAllConnections();
    });
  }

  #linkOf(token: string): string {
    return `http://127.0.0.1:${this.port}${LINK}?token=${token}`;
  }

  /** Admits only browsers that opened a link. */
  async #guard(ctx: Context, next: Next): Promise<void> {
    ctx.set({
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'no-store',
    });
    const { headers } = ctx.req;
    const refusal = refusalAtConsole(
      {
        method: ctx.method,
        isLink: ctx.path === LINK,
        host: headers.host,
        origin: headers.origin,
        fetchSite: headers['sec-fetch-site'],
      },
      this.port,
    );
    if (refusal !== null) return say(ctx, 403, refusal);
    if (ctx.path === LINK) return this.#enter(ctx);
    if (!this.#browsers.isKnown(ctx.cookies.get(COOKIE)))
      return say(ctx, 401, `This browser is not known here. ${NEW_LINK}`);
    // A page asks whether it is still known: an EventSource does not tell the status of its answer.
    if (ctx.path === '/alive') return void (ctx.status = 204);
    await next();
  }

  #enter(ctx: Context): void {
    const { token } = ctx.query;
    const cookie = ctx.method === 'GET' && typeof token === 'string' ? this.#browsers.admit(token) : null;
    if (cookie === null) return say(ctx, 401, `This link was used already, or is not valid. ${NEW_LINK}`);
    this.#deps.log.info('the console was opened in a browser');
    ctx.cookies.set(COOKIE, cookie, { httpOnly: true, sameSite: 'strict', path: '/', overwrite: true });
    // Not a redirect: a Strict cookie is not sent with a navigation that another site began.
    ctx.type = 'html';
    ctx.body = '<!doctype html><meta http-equiv="refresh" content="0; url=/index.html"><title>TabPy Tray</title>';
  }

  /** GET /events: the events as they happen. */
  async #events(ctx: Context, next: Next): Promise<void> {
    if (ctx.path !== '/events') return next();
    if (ctx.method !== 'GET') return say(ctx, 405, 'Events are read with GET.');
    ctx.respond = false;
    this.#follow(ctx.res);
  }

  #follow(response: ServerResponse): void {
    response.writeHead(200, { ...response.getHeaders(), 'Content-Type': 'text/event-stream' } as Record<
      string,
      string
    >);
    this.#streams.add(response);
    send(response, `event: program\ndata: ${this.#program}\n\n`);
    const stop = this.#deps.onEvent((event) => send(response, `data: ${JSON.stringify(event)}\n\n`));
    this.#heart ??= setInterval(() => this.#beat(), BEAT_MS).unref();
    response.once('close', () => {
      stop();
      this.#streams.delete(response);
      if (this.#streams.size > 0 || this.#heart === null) return;
      clearInterval(this.#heart);
      this.#heart = null;
    });
  }

  #beat(): void {
    for (const stream of this.#streams) send(stream, BEAT);
  }

  /** POST /call/NAME: the page's calls. */
  async #call(ctx: Context, next: Next): Promise<void> {
    const name = /^\/call\/([A-Za-z]+)$/.exec(ctx.path)?.[1];
    if (name === undefined) return next();
    if (ctx.method !== 'POST') return say(ctx, 405, 'Calls are made with POST.');
    // A form of another site cannot send this type without a pre-flight.
    if (ctx.is('application/json') !== 'application/json') return say(ctx, 415, 'Send application/json.');
    const body = await bodyText(ctx.req, TAKE_ARCHIVES.has(name) ? MOST_FILE_CALL_BYTES : MOST_CALL_BYTES);
    if (body === null) return say(ctx, 413, 'The call is too large.');
    ctx.type = 'json';
    ctx.body = JSON.stringify(
      await replyTo(this.#deps.calls, name, jsonOf(body), (error) => {
        const { text, detail } = ownFault(error);
        this.#deps.log.error(`the call ${name} failed: ${text}`, { detail });
      }),
    );
  }

  /** The files of the page. */
  async #file(ctx: Context): Promise<void> {
    // Browsers request it by themselves; an error in their console would look like one of ours.
    if (ctx.path === '/favicon.ico') return void (ctx.status = 204);
    const file = pageFileAt(ctx.path === '/' ? '/index.html' : ctx.path);
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return say(ctx, 405, 'Files are read with GET.');
    const bytes = file === null ? null : await readFile(path.join(this.#deps.page, file)).catch(() => null);
    if (file === null || bytes === null) return say(ctx, 404, 'This page does not exist.');
    ctx.set('Content-Type', pageFileType(file));
    ctx.body = bytes;
  }
}

function send(stream: ServerResponse, text: string): void {
  if (stream.writableLength > MAX_UNREAD_BYTES) stream.destroy();
  else stream.write(text);
}

function portOf(server: Server): number {
  return (server.address() as { port: number } | null)?.port ?? 0;
}

function say(ctx: Context, status: number, text: string): void {
  ctx.status = status;
  ctx.type = 'text/plain';
  ctx.body = `${text}\n`;
}
