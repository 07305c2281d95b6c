// A hidden window that holds one interpreter: its page comes from its own scheme, its session has no rights and no
// network, and after the boot nothing is served any more. Must not know what goes through its port.

import { createReadStream } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { app, BrowserWindow, MessageChannelMain, session as sessions } from 'electron';
import type { CustomScheme, Session, WebContents } from 'electron';
import type { InterpreterWindowEvents, InterpreterWindow } from '../engines/builtin/supply/window-interpreter.ts';
import { processFacts } from './sandbox-facts.ts';
import { whyNotSandboxed } from './sandbox-policy.ts';

const SCHEME = 'interpreter';

/** For `protocol.registerSchemesAsPrivileged`, before the app is ready. Without `codeCache`, `stream` or service workers. */
export const INTERPRETER_PRIVILEGES: CustomScheme = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true },
};

/** What a window needs: files by path, and the data that goes to the page with the port. */
export interface InterpreterPage {
  readonly boot: unknown;
  readonly page: string;
  readonly served: ReadonlyMap<string, { readonly path: string; readonly headers: Readonly<Record<string, string>> }>;
}

export interface InterpreterWindowDeps {
  readonly content: InterpreterPage;
  /** The built interpreter-preload. */
  readonly preload: string;
}

/** Opens the window. Never throws: errors arrive through `gone`. */
export function openInterpreterWindow(
  { content, preload }: InterpreterWindowDeps,
  { message, gone }: InterpreterWindowEvents,
): InterpreterWindow {
  const host = randomUUID();
  // In memory, and not shared: an origin, a storage and a process of its own.
  const session = sessions.fromPartition(`interpreter-${host}`);
  let isSealed = false;
  closeSession(session, host, () => isSealed);
  session.protocol.handle(SCHEME, ({ method, url }) => {
    const file = isSealed || method !== 'GET' ? undefined : content.served.get(new URL(url).pathname);
    if (!file) return new Response(null, { status: 404 });
    const body = Readable.toWeb(createReadStream(file.path));
    return new Response(body, { headers: file.headers });
  });

  const window = new BrowserWindow({
    show: false,
    skipTaskbar: true,
    focusable: false,
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      devTools: false,
      webgl: false,
      images: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      autoplayPolicy: 'document-user-activation-required',
      // Hidden pages are slowed down, and this page is never shown.
      backgroundThrottling: false,
    },
  });
  const { webContents } = window;
  confine(webContents);
  const { port1, port2 } = new MessageChannelMain();
  let pid = 0;
  const take = (why: Parameters<typeof gone>[0]): void => {
    gone(why);
    if (!window.isDestroyed()) window.destroy();
  };

  webContents.on('render-process-gone', (_event, { reason, exitCode }) =>
    take(
      reason === 'killed'
        ? { kind: 'exited', code: null, signal: 'SIGKILL' }
        : { kind: 'exited', code: exitCode, signal: null },
    ),
  );
  window.once('closed', () => {
    port1.close();
    gone({ kind: 'exited', code: null, signal: null });
  });
  port1.on('message', ({ data }: { readonly data: unknown }) => message(data));
  port1.start();

  const load = async (): Promise<void> => {
    await window.loadURL(`${SCHEME}://${host}${content.page}`);
    pid = webContents.getOSProcessId();
    const why = whyNotSandboxed(processFacts(pid, app.getAppMetrics()));
    if (why !== null) throw new Error(why);
    webContents.postMessage('interpreter-port', content.boot, [port2]);
  };
  load().catch((error: unknown) => take({ kind: 'fault', what: (error as Error).message }));

  return {
    pid: () => pid || undefined,
    post: (frame) => port1.postMessage(frame.buffer),
    residentBytes: () => (pid === 0 ? 0 : residentBytesOf(pid)),
    kill() {
      // By process id, because a window with a busy page closes only when the page allows it.
      if (pid !== 0 && !webContents.isDestroyed()) endProcess(pid, webContents);
      else if (!window.isDestroyed()) window.destroy();
    },
    seal: () => (isSealed = true),
  };
}

/** Stops: every request but those of the boot, rights, devices, downloads, and any remaining way to the network. */
function closeSession(session: Session, host: string, isSealed: () => boolean): void {
  session.webRequest.onBeforeRequest(({ url }, decide) =>
    decide({ cancel: isSealed() || !url.startsWith(`${SCHEME}://${host}/`) }),
  );
  session.enableNetworkEmulation({ offline: true });
  // The discard port: any remaining traffic goes nowhere.
  void session.setProxy({ mode: 'fixed_servers', proxyRules: '127.0.0.1:9', proxyBypassRules: '<-loopback>' });
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, decide) => decide(null));
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
}

/** Stops: navigation, new windows, webviews, and UDP around the proxy. */
function confine(contents: WebContents): void {
  const stay = (event: { preventDefault(): void }): void => event.preventDefault();
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', stay);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.setAudioMuted(true);
}

function endProcess(pid: number, contents: WebContents): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Another user's process, or one that has ended already: Chromium knows.
    contents.forcefullyCrashRenderer();
  }
}

const METRICS_MS = 50;
let metrics: ReadonlyMap<number, number> = new Map();
let metricsAt = -METRICS_MS;

/** All windows need it several times a second; Electron examines all processes each time. */
function residentBytesOf(pid: number): number {
  const now = performance.now();
  if (now - metricsAt >= METRICS_MS) {
    metricsAt = now;
    metrics = new Map(app.getAppMetrics().map((one) => [one.pid, one.memory.workingSetSize * 1024]));
  }
  return metrics.get(pid) ?? 0;
}
