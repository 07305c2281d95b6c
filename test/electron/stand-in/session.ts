// `session`: one Chromium context a partition. Every request of it comes to a proxy of ours, which asks the product's handlers. Must not know windows.

import { EventEmitter } from 'node:events';
import { chromium } from './chromium.ts';
import { openGate } from './gate.ts';
import type { Gate, GateRules } from './gate.ts';

type Listener = Parameters<Electron.WebRequest['onBeforeRequest']>[0];
type HeadersListener = Parameters<Electron.WebRequest['onHeadersReceived']>[0];
type Handled =
  | 'protocol'
  | 'webRequest'
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setBluetoothPairingHandler'
  | 'setUSBProtectedClassesHandler'
  | 'setSpellCheckerEnabled'
  | 'setProxy'
  | 'enableNetworkEmulation'
  | 'disableNetworkEmulation'
  | 'closeAllConnections'
  | 'clearStorageData'
  | 'clearCache'
  | 'clearData'
  | 'isPersistent';

export class StandInSession extends EventEmitter implements Pick<Electron.Session, Handled> {
  readonly #rules: GateRules = { handlers: new Map(), onBeforeRequest: null, onHeadersReceived: null, isOpen: true };
  readonly #partition: string;
  #context: Promise<string> | null = null;
  #gate: Gate | null = null;
  readonly protocol: Electron.Protocol;
  readonly webRequest: Electron.WebRequest;
  /** What was set, for tests: permission handlers are asked by name. */
  readonly handlers = new Map<string, unknown>();

  constructor(partition: string) {
    super();
    this.#partition = partition;
    const { handlers } = this.#rules;
    this.protocol = {
      handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) => {
        if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
        handlers.set(scheme, handler);
      },
      unhandle: (scheme: string) => void handlers.delete(scheme),
      isProtocolHandled: (scheme: string) => handlers.has(scheme),
    } as Partial<Electron.Protocol> as Electron.Protocol;
    this.webRequest = {
      onBeforeRequest: (...given: readonly unknown[]) => {
        this.#rules.onBeforeRequest = given.at(-1) as Listener;
      },
      onHeadersReceived: (...given: readonly unknown[]) => {
        this.#rules.onHeadersReceived = given.at(-1) as HeadersListener;
      },
    } as Partial<Electron.WebRequest> as Electron.WebRequest;
  }

  /** The Chromium context of this partition, made on first use. */
  context(): Promise<string> {
    this.#context ??= this.#open();
    return this.#context;
  }

  async #open(): Promise<string> {
    const { devTools } = await chromium();
    this.#gate = await openGate(this.#rules);
    const { browserContextId } = await devTools.send('Target.createBrowserContext', {
      disposeOnDetach: true,
      proxyServer: `http://127.0.0.1:${this.#gate.port}`,
      // Without this, addresses of the loopback would go past the gate.
      proxyBypassList: '<-loopback>',
    });
    return browserContextId as string;
  }

  /** The last window of a partition in memory is gone, and so is the partition. */
  async end(): Promise<void> {
    if (this.isPersistent() || this.#context === null) return;
    sessions.delete(this.#partition);
    const context = await this.#context;
    const { devTools } = await chromium();
    this.#gate?.close();
    // Chromium may be gone before its window's last breath.
    await devTools.send('Target.disposeBrowserContext', { browserContextId: context }).catch(() => undefined);
  }

  /** What the product's handler answers for an address, for tests. */
  async answerOf(url: string): Promise<Response> {
    const handler = this.#rules.handlers.get(new URL(url).protocol.slice(0, -1));
    if (!handler) throw new Error(`Nobody answers ${url}`);
    return handler(new Request(url));
  }
  /** Whether the product's rules would let an address be asked, for tests. */
  mayRequest(url: string): Promise<boolean> {
    const { onBeforeRequest } = this.#rules;
    return new Promise((resolve) => {
      if (onBeforeRequest)
        onBeforeRequest({ url } as Electron.OnBeforeRequestListenerDetails, ({ cancel }) => resolve(cancel !== true));
      else resolve(true);
    });
  }

  isPersistent(): boolean {
    return this.#partition === '' || this.#partition.startsWith('persist:');
  }
  setPermissionRequestHandler(handler: Parameters<Electron.Session['setPermissionRequestHandler']>[0]): void {
    this.handlers.set('permission-request', handler);
  }
  setPermissionCheckHandler(handler: Parameters<Electron.Session['setPermissionCheckHandler']>[0]): void {
    this.handlers.set('permission-check', handler);
  }
  setDevicePermissionHandler(handler: Parameters<Electron.Session['setDevicePermissionHandler']>[0]): void {
    this.handlers.set('device-permission', handler);
  }
  setDisplayMediaRequestHandler(handler: Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0]): void {
    this.handlers.set('display-media-request', handler);
  }
  setBluetoothPairingHandler(handler: Parameters<Electron.Session['setBluetoothPairingHandler']>[0]): void {
    this.handlers.set('bluetooth-pairing', handler);
  }
  setUSBProtectedClassesHandler(handler: Parameters<Electron.Session['setUSBProtectedClassesHandler']>[0]): void {
    this.handlers.set('usb-protected-classes', handler);
  }
  setSpellCheckerEnabled(isEnabled: boolean): void {
    this.handlers.set('spell-checker', isEnabled);
  }
  setProxy(config: Electron.ProxyConfig): Promise<void> {
    // Ours is the only proxy; one to nowhere closes the gate for everything that is not handled here.
    if (config.mode === 'fixed_servers' || config.proxyRules) this.#rules.isOpen = false;
    return Promise.resolve();
  }
  enableNetworkEmulation({ offline }: Electron.EnableNetworkEmulationOptions): void {
    if (offline) this.#rules.isOpen = false;
  }
  disableNetworkEmulation(): void {
    this.#rules.isOpen = true;
  }
  closeAllConnections(): Promise<void> {
    return Promise.resolve();
  }
  clearStorageData(): Promise<void> {
    return Promise.resolve();
  }
  clearCache(): Promise<void> {
    return Promise.resolve();
  }
  clearData(): Promise<void> {
    return Promise.resolve();
  }
}

const sessions = new Map<string, StandInSession>();
const whenMade = new Set<(session: StandInSession) => void>();

/** Calls back for every session that is made from now on. */
export function onSession(tell: (session: StandInSession) => void): void {
  whenMade.add(tell);
}

function sessionOf(partition: string): StandInSession {
  const known = sessions.get(partition);
  if (known) return known;
  const made = new StandInSession(partition);
  sessions.set(partition, made);
  for (const tell of whenMade) tell(made);
  return made;
}

/** `session` of the stand-in. */
export const session = {
  fromPartition: (partition: string) => sessionOf(partition),
  get defaultSession() {
    return sessionOf('');
  },
};
