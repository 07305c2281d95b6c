// `webContents`: a page of Chromium under Electron's names. Must not know windows.

import { EventEmitter } from 'node:events';
import { ipcMain } from './ipc-main.ts';
import { StandInPort } from './message-port.ts';
import type { FarSide } from './message-port.ts';
import { fromChromium, toChromium } from './origins.ts';
import { inTurn, openPage } from './page-link.ts';
import type { PageLink } from './page-link.ts';
import type { FromPage } from './page-messages.ts';
import { session } from './session.ts';
import type { StandInSession } from './session.ts';
import { fromWire, toWire } from './wire-value.ts';
import type { Base64 } from './wire-value.ts';

type Handled =
  | 'id'
  | 'loadURL'
  | 'reload'
  | 'getURL'
  | 'getTitle'
  | 'executeJavaScript'
  | 'send'
  | 'postMessage'
  | 'getOSProcessId'
  | 'forcefullyCrashRenderer'
  | 'isCrashed'
  | 'isDestroyed'
  | 'isLoading'
  | 'close'
  | 'focus'
  | 'openDevTools'
  | 'closeDevTools'
  | 'isDevToolsOpened'
  | 'setWindowOpenHandler'
  | 'setWebRTCIPHandlingPolicy'
  | 'setAudioMuted'
  | 'setBackgroundThrottling'
  | 'setVisualZoomLevelLimits'
  | 'setZoomFactor'
  | 'getZoomFactor'
  | 'setZoomLevel'
  | 'getZoomLevel';

type WindowOpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

const nodeBase64: Base64 = {
  encode: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  decode: (text) => Buffer.from(text, 'base64'),
};
const wired = (value: unknown): unknown => toWire(value, nodeBase64);
const plain = (wire: unknown): unknown => fromWire(wire, nodeBase64);

const whenMade = new Set<(contents: StandInWebContents) => void>();
let lastId = 0;
let lastPort = 0;

export class StandInWebContents extends EventEmitter implements Pick<Electron.WebContents, Handled> {
  readonly id: number;
  readonly session: StandInSession;
  readonly #preload: string | undefined;
  readonly #ports = new Map<number, FarSide>();
  #link: Promise<PageLink> | null = null;
  #open: PageLink | null = null;
  #pid: number | null = null;
  #url = '';
  #isLoading = false;
  #isCrashed = false;
  #isDestroyed = false;
  #zoom = 1;
  #windowOpenHandler: WindowOpenHandler = () => ({ action: 'allow' });
  /** What the page's console said of errors, for tests. */
  readonly consoleErrors: string[] = [];
  /** The policy that was set, for tests. */
  webRTCPolicy = 'default';

  constructor(preferences: Electron.WebPreferences) {
    super();
    lastId += 1;
    this.id = lastId;
    const { partition } = preferences;
    const given = preferences.session as unknown as StandInSession | undefined;
    this.session = given ?? (partition === undefined ? session.defaultSession : session.fromPartition(partition));
    this.#preload = preferences.preload;
    // Electron makes the page at once, and it is sandboxed and isolated unless the product says otherwise; so must it be here.
    for (const [name, wanted] of Object.entries({ sandbox: true, contextIsolation: true, nodeIntegration: false })) {
      const said = (preferences as Readonly<Record<string, unknown>>)[name] ?? wanted;
      if (said !== wanted) throw new Error(`The stand-in has no windows without ${name}: ${wanted}`);
    }
    contents.set(this.id, this);
    for (const tell of whenMade) tell(this);
  }

  async #page(): Promise<PageLink> {
    this.#link ??= this.session.context().then((context) =>
      openPage(context, this.#preload, {
        said: (message) => this.#hear(message),
        loaded: () => {
          this.#isLoading = false;
          for (const event of ['dom-ready', 'did-finish-load', 'did-stop-loading']) this.emit(event, {});
        },
        navigated: (url) => {
          this.#url = fromChromium(url);
          this.emit('did-navigate', {}, this.#url);
        },
        mayNavigate: (url) => this.#mayNavigate(fromChromium(url)),
        windowWanted: (url) => void this.#windowOpenHandler({ url: fromChromium(url) } as Electron.HandlerDetails),
        complained: (text) => void this.consoleErrors.push(text),
        crashed: (status, code) => this.#crashed(status, code),
        closed: () => this.destroyed(),
      }),
    );
    this.#open = await this.#link;
    return this.#open;
  }

  async loadURL(url: string): Promise<void> {
    this.#isLoading = true;
    await inTurn(async () => {
      const page = await this.#page();
      this.#isCrashed = false;
      this.#pid = await page.load(toChromium(url));
    });
  }
  reload(): void {
    void this.loadURL(this.#url);
  }
  getURL(): string {
    return this.#url;
  }
  getTitle(): string {
    return this.#url;
  }
  isLoading(): boolean {
    return this.#isLoading;
  }
  async executeJavaScript(code: string): Promise<unknown> {
    return (await this.#page()).evaluate(code, 'main');
  }
  send(channel: string, ...values: unknown[]): void {
    this.#open?.tell({ kind: 'event', channel, wire: wired(values), ports: [] });
  }
  postMessage(channel: string, message: unknown, transfer: readonly Electron.MessagePortMain[] = []): void {
    const page = this.#open;
    if (!page) return;
    const ports = transfer.map((one) => {
      if (!((one as unknown) instanceof StandInPort)) throw new TypeError('Invalid value for transfer');
      lastPort += 1;
      const port = lastPort;
      return { port, one: one as unknown as StandInPort };
    });
    page.tell({ kind: 'event', channel, wire: wired([message]), ports: ports.map(({ port }) => port) });
    for (const { port, one } of ports) {
      const far = {
        post: (value: unknown) => page.tell({ kind: 'port', port, wire: wired(value) }),
        close: () => page.tell({ kind: 'port-closed', port }),
      };
      this.#ports.set(port, one.handOver(far));
    }
  }
  getOSProcessId(): number {
    return this.#pid ?? 0;
  }
  forcefullyCrashRenderer(): void {
    if (this.#pid) process.kill(this.#pid, 'SIGKILL');
  }
  isCrashed(): boolean {
    return this.#isCrashed;
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
  close(): void {
    void this.destroy();
  }
  focus(): void {
    this.emit('focus');
  }
  openDevTools(): void {
    throw new Error('The stand-in has no developer tools.');
  }
  closeDevTools(): void {}
  isDevToolsOpened(): boolean {
    return false;
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler;
  }
  setWebRTCIPHandlingPolicy(policy: Parameters<Electron.WebContents['setWebRTCIPHandlingPolicy']>[0]): void {
    this.webRTCPolicy = policy;
  }
  setAudioMuted(): void {}
  setBackgroundThrottling(): void {}
  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve();
  }
  setZoomFactor(factor: number): void {
    this.#zoom = factor;
  }
  getZoomFactor(): number {
    return this.#zoom;
  }
  setZoomLevel(level: number): void {
    this.#zoom = 1.2 ** level;
  }
  getZoomLevel(): number {
    return Math.log(this.#zoom) / Math.log(1.2);
  }

  /** Closes the page. */
  async destroy(): Promise<void> {
    if (this.#isDestroyed) return;
    this.destroyed();
    const page = await this.#link?.catch(() => null);
    await page?.close();
    await this.session.end();
  }
  destroyed(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.#closePorts();
    contents.delete(this.id);
    this.emit('destroyed');
  }

  /** The frame that a message of the page comes from; only main frames are heard. */
  get mainFrame(): Electron.WebFrameMain {
    const url = this.#url;
    const origin = /^[^:]+:\/\/[^/]*/.exec(url)?.[0] ?? 'null';
    return {
      url,
      origin,
      parent: null,
      top: null,
      isDestroyed: () => this.#isDestroyed,
    } as Partial<Electron.WebFrameMain> as Electron.WebFrameMain;
  }

  #hear(message: FromPage): void {
    switch (message.kind) {
      case 'invoke': {
        const { id, channel, wire } = message;
        ipcMain.invoke(channel, this.#event(), plain(wire) as unknown[]).then(
          (value) => this.#open?.tell({ kind: 'result', id, wire: wired(value) }),
          (error: unknown) => this.#open?.tell({ kind: 'failure', id, message: (error as Error).message }),
        );
        return;
      }
      case 'send':
        ipcMain.emit(message.channel, this.#event(), ...(plain(message.wire) as unknown[]));
        return;
      case 'port':
        this.#ports.get(message.port)?.post(plain(message.wire));
    }
  }
  #event(): Electron.IpcMainInvokeEvent {
    const senderFrame = this.mainFrame;
    return {
      sender: this as unknown as Electron.WebContents,
      senderFrame,
      type: 'frame',
      frameId: 1,
      processId: this.id,
    } as Partial<Electron.IpcMainInvokeEvent> as Electron.IpcMainInvokeEvent;
  }
  #mayNavigate(url: string): boolean {
    let isPrevented = false;
    const details = { url, isSameDocument: false, isMainFrame: true, preventDefault: () => (isPrevented = true) };
    this.emit('will-navigate', details, url);
    return !isPrevented;
  }
  #crashed(status: string, exitCode: number): void {
    this.#isCrashed = true;
    this.#pid = null;
    this.#closePorts();
    const reason = status === 'crashed' || status === 'oom' || status === 'killed' ? status : 'abnormal-exit';
    this.emit('render-process-gone', {}, { reason, exitCode });
  }
  #closePorts(): void {
    for (const far of this.#ports.values()) far.close();
    this.#ports.clear();
  }
}

const contents = new Map<number, StandInWebContents>();

/** Calls back for everything that is made from now on. */
export function onContents(tell: (contents: StandInWebContents) => void): void {
  whenMade.add(tell);
}

/** `webContents` of the stand-in. */
export const webContents = {
  getAllWebContents: () => [...contents.values()],
  fromId: (id: number) => contents.get(id),
};
