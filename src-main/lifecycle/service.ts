// The running server: one listener and one Python, started and stopped together, and their state. Must not know
// Electron, the command line or the page.

import type { RequestListener } from 'node:http';
import { scriptsOf } from '../../src-shared/service-state.ts';
import type { Address, ServiceState, Step } from '../../src-shared/service-state.ts';
import { explanationOf } from '../../src-shared/state-words.ts';
import { SETTING_NAMES, SETTINGS } from '../../src-shared/settings.ts';
import type { Applies, Setting } from '../../src-shared/setting-kinds.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { Log } from '../activity/log.ts';
import { wordsOfEnd } from '../../src-shared/end-reason.ts';
import type { EndReason } from '../../src-shared/end-reason.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Listener } from '../listening/listen.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { ownFault } from '../../src-shared/own-fault.ts';
import type { PortNews } from '../listening/port-news.ts';
import { stateOf } from './transitions.ts';
import type { Facts, Listening, PythonStage } from './transitions.ts';

export interface Service {
  state(): ServiceState;
  /** @returns a function that stops listening */
  onState(listener: (state: ServiceState) => void): () => void;
  /**
   * Starts everything that is not started yet. Requests are accepted as soon as the port is open; those that need
   * Python wait for it.
   * Never rejects: resolves with the state once the start succeeded or failed.
   */
  start(): Promise<ServiceState>;
  /** Accepts no more requests, lets running ones finish for up to `graceMs`, ends Python. May be called twice. */
  stop(graceMs: number): Promise<void>;
  /**
   * Ends every script that runs or waits now; their callers get an error. Returns how many. Also ends the grace period
   * of `stop`.
   */
  stopScripts(): number;
  restartPython(): void;
  /** Opens the port again where it no longer answers after the computer slept. */
  relisten(): Promise<void>;
  /**
   * Prepares what changed settings need: the new port is open before the old one closes. Only what depends on them
   * restarts. Rejects with a Refusal when the new port cannot be opened.
   */
  prepare(after: Settings, before: Settings): Promise<PreparedService>;
  /** The runtime's `onChange` and `onBroken`. */
  readonly noteChange: () => void;
  readonly noteBroken: (reason: EndReason) => void;
}

/** Changed settings that are ready to be applied. */
export interface PreparedService {
  commit(): Promise<void>;
  undo(): Promise<void>;
}

export interface ServiceDeps {
  readonly settings: () => Settings;
  readonly handler: RequestListener;
  readonly runtime: Runtime;
  /** Prepares what Python needs; at once when it is there. */
  readonly prepare: (tell: (step: Step) => void) => Promise<void>;
  /** Opens the addresses of these settings. */
  readonly listen: (handler: RequestListener, settings: Settings) => Promise<Listener>;
  /** Called when a listener with these settings has begun to serve. */
  readonly onListening?: (listener: Listener, settings: Settings) => void;
  readonly lookAtPort: (port: number) => Promise<PortNews>;
  readonly isAnswering: (address: Address) => Promise<boolean>;
  readonly log: Log;
}

// The header mentions a script once people could wonder what takes so long.
const LONG_MS = 500;
const LOOK_AGAIN_MS = 250;
const STARTING: Step = { text: 'Starting Python…', fraction: null };
const OLD_PORT_GRACE_MS = 1_000;

type NotOpen = Exclude<Listening, { readonly kind: 'open' }>;
type Opened = NotOpen | { readonly kind: 'open'; readonly listener: Listener };

export function createService(deps: ServiceDeps): Service {
  return new ServerService(deps);
}

class ServerService implements Service {
  readonly #deps: ServiceDeps;
  readonly #listeners = new Set<(state: ServiceState) => void>();
  #facts: Omit<Facts, 'load' | 'fault'> = {
    isWanted: false,
    isStopping: false,
    listening: { kind: 'closed' },
    python: { kind: 'off' },
    broken: null,
  };
  #listener: Listener | null = null;
  #starting: Promise<ServiceState> | null = null;
  #preparing: Promise<void> | null = null;
  /** Ends the waiting of a start when a stop came meanwhile. */
  #stopped = Promise.withResolvers<void>();
  #stopping: Promise<void> | null = null;
  #lookTimer: NodeJS.Timeout | null = null;
  #shown: ServiceState = { kind: 'stopped' };

  constructor(deps: ServiceDeps) {
    this.#deps = deps;
  }

  state(): ServiceState {
    const { busy, waiting, busySince } = this.#deps.runtime.counts();
    const isLong = busySince !== null && performance.now() - busySince >= LONG_MS;
    return stateOf({ ...this.#facts, load: { running: busy, waiting, isLong }, fault: this.#deps.runtime.fault() });
  }

  onState(tell: (state: ServiceState) => void): () => void {
    this.#listeners.add(tell);
    return () => void this.#listeners.delete(tell);
  }

  start(): Promise<ServiceState> {
    if (this.#stopping) return this.#stopping.then(() => this.start());
    this.#starting ??= this.#start().finally(() => (this.#starting = null));
    return this.#starting;
  }

  stop(graceMs: number): Promise<void> {
    this.#stopping ??= this.#stop(graceMs).finally(() => (this.#stopping = null));
    return this.#stopping;
  }

  stopScripts(): number {
    const count = this.#deps.runtime.stopScripts();
    this.#deps.log.warn(`a user stopped ${count} script(s)`);
    return count;
  }

  restartPython(): void {
    this.#deps.log.info('Python is restarted');
    this.#deps.runtime.restart('Python was restarted');
    this.noteChange();
    if (this.#facts.python.kind === 'failed' && this.#facts.isWanted) {
      this.#know({ python: { kind: 'off' } });
      void this.start();
    }
  }

  async relisten(): Promise<void> {
    const { listening } = this.#facts;
    if (listening.kind !== 'open' || !this.#listener || (await this.#deps.isAnswering(listening.address))) return;
    this.#deps.log.warn('the port no longer answers; it is opened again');
    await this.#listener.close(0);
    this.#know({ listening: await this.#openPort(this.#deps.settings()) });
  }

  async prepare(after: Settings, before: Settings): Promise<PreparedService> {
    const changed = changedParts(before, after);
    const isMoving = changed.has('listener') && this.#listener !== null && after.port !== before.port;
    const opened = isMoving ? await this.#open(after) : null;
    if (opened !== null && opened.kind !== 'open') throw new Refusal('refused', describeListening(opened));
    return {
      commit: async () => {
        if (opened) await this.#replaceListener(opened.listener, after);
        else if (changed.has('listener')) await this.#listenAgain(after);
        if (changed.has('python') && this.#facts.python.kind === 'ready')
          this.#deps.runtime.restart('its settings were changed');
        this.noteChange();
      },
      undo: async () => opened?.listener.close(0),
    };
  }

  /** Requests come and go a thousand times a second; the state is read only a few times. */
  readonly noteChange = (): void => {
    if (this.#lookTimer === null) this.#lookTimer = setTimeout(() => this.#lookAgain(), LOOK_AGAIN_MS).unref();
  };

  readonly noteBroken = (reason: EndReason): void => {
    if (this.#facts.isStopping || !this.#facts.isWanted) return;
    this.#know({ broken: wordsOfEnd(reason).short });
    this.noteChange();
  };

  #lookAgain(): void {
    this.#lookTimer = null;
    const { starting, busy } = this.#deps.runtime.counts();
    if (this.#facts.broken !== null && starting === 0) this.#facts = { ...this.#facts, broken: null };
    this.#announce();
    if (busy > 0 && scriptsOf(this.#shown) === 0) this.noteChange();
  }

  #announce(): ServiceState {
    const state = this.state();
    if (JSON.stringify(state) !== JSON.stringify(this.#shown)) {
      this.#shown = state;
      for (const tell of this.#listeners) tell(state);
    }
    return state;
  }

  #know(news: Partial<Omit<Facts, 'load' | 'fault'>>): ServiceState {
    this.#facts = { ...this.#facts, ...news };
    return this.#announce();
  }

  async #start(): Promise<ServiceState> {
    this.#stopped = Promise.withResolvers<void>();
    const listening = this.#listener ? this.#facts.listening : ({ kind: 'opening' } as const);
    this.#know({ isWanted: true, broken: null, listening });
    if (!this.#listener) {
      // Before the port opens: the first request then waits for Python instead of being refused.
      this.#deps.runtime.admit();
      const opened = await this.#openPort(this.#deps.settings());
      if (this.#facts.isWanted) this.#know({ listening: opened });
    }
    if (this.#facts.isWanted && this.#listener && this.#facts.python.kind !== 'ready')
      this.#know({ python: await this.#bringPython() });
    return this.#announce();
  }

  async #stop(graceMs: number): Promise<void> {
    const { runtime, log } = this.#deps;
    const running = this.#starting;
    this.#know({ isWanted: false, isStopping: true });
    log.info('stopping');
    this.#stopped.resolve();
    const closing = runtime.close(graceMs);
    // A start that is opening its port closes it once it is open.
    if (this.#facts.listening.kind === 'opening') await running;
    const old = this.#listener;
    this.#listener = null;
    await Promise.all([old?.close(graceMs), closing]);
    await running;
    this.#know({ isStopping: false, listening: { kind: 'closed' }, python: { kind: 'off' }, broken: null });
    log.info('stopped');
  }

  /** Opens the addresses of some settings and serves there, or returns why not. */
  async #openPort(settings: Settings): Promise<Listening> {
    const opened = await this.#open(settings);
    return opened.kind === 'open' ? this.#serveAt(opened.listener, settings) : opened;
  }

  async #open(settings: Settings): Promise<Opened> {
    try {
      return { kind: 'open', listener: await this.#deps.listen(this.#deps.handler, settings) };
    } catch (error) {
      return this.#whyNot(error as NodeJS.ErrnoException, settings);
    }
  }

  #serveAt(listener: Listener, settings: Settings): Listening {
    this.#listener = listener;
    this.#deps.onListening?.(listener, settings);
    const { hosts, port } = listener;
    this.#deps.log.info(`listening on ${hosts.join(' and ')}, port ${port}`);
    return { kind: 'open', address: { protocol: settings.transferProtocol, hosts, port, since: Date.now() } };
  }

  async #whyNot(error: NodeJS.ErrnoException, { hosts, port }: Settings): Promise<NotOpen> {
    const { log, lookAtPort } = this.#deps;
    const { holder, answersLike, freePort } = await lookAtPort(port);
    switch (error.code) {
      case 'EADDRINUSE':
        log.warn(`port ${port} is in use${holder ? ` by ${holder.name} (PID ${holder.pid})` : ''}`);
        return { kind: 'conflict', port, holder, answersLike, freePort };
      case 'EACCES':
        log.warn(`the system does not allow this program to use port ${port}`);
        return { kind: 'reserved', port, freePort };
      default:
        log.error(`cannot listen on port ${port}: ${error.message}`);
        return {
          kind: 'failed',
          port,
          why: `Cannot listen on ${hosts.join(', ')} port ${port}: ${error.message}`,
        };
    }
  }

  async #bringPython(): Promise<PythonStage> {
    const { runtime, log, prepare } = this.#deps;
    const since = Date.now();
    const tell = (step: Step): void => void this.#know({ python: { kind: 'coming', since, step } });
    try {
      tell(STARTING);
      // The preparation cannot be cut short, and a second start waits for the same one.
      this.#preparing ??= prepare((step) => {
        if (this.#facts.isWanted && this.#facts.python.kind === 'coming') tell(step);
      }).finally(() => (this.#preparing = null));
      await Promise.race([this.#preparing, this.#stopped.promise]);
    } catch (error) {
      const { text, detail } = ownFault(error);
      log.error(`Python cannot be started: ${text}`, { detail });
      return { kind: 'failed', why: (error as Error).message };
    }
    if (!this.#facts.isWanted) return { kind: 'off' };
    tell(STARTING);
    // The pool goes on trying; `fault()` returns how long it has failed.
    if (!(await runtime.open()))
      log.error('Python does not start; requests that need it get an error, and the start is tried again');
    return this.#facts.isWanted ? { kind: 'ready' } : { kind: 'off' };
  }

  /** Switches to the new port; the old one accepts no more requests and lets those that run finish. */
  async #replaceListener(listener: Listener, settings: Settings): Promise<void> {
    const old = this.#listener;
    if (!(await this.#adopt(listener, settings))) return;
    await old?.close(OLD_PORT_GRACE_MS);
  }

  /** Other addresses or another certificate on the same port, or another try after a conflict. */
  async #listenAgain(settings: Settings): Promise<void> {
    const old = this.#listener;
    if (!old) {
      if (this.#facts.isWanted) void this.start();
      return;
    }
    await old.close(0);
    // Until it is clear what came of it, a start must not open the port as well.
    const opened = await this.#open(settings);
    if (opened.kind === 'open') return void (await this.#adopt(opened.listener, settings));
    if (this.#listener === old) this.#listener = null;
    this.#know({ listening: opened });
  }

  /** Serves at a listener that was opened; false when the server was stopped meanwhile, and the listener closed. */
  async #adopt(listener: Listener, settings: Settings): Promise<boolean> {
    if (!this.#facts.isWanted || this.#facts.isStopping) {
      await listener.close(0);
      return false;
    }
    this.#know({ listening: this.#serveAt(listener, settings) });
    return true;
  }
}

function changedParts(before: Settings, after: Settings): ReadonlySet<Applies> {
  const differs = SETTING_NAMES.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return new Set(differs.map((name) => (SETTINGS[name] as Setting).applies));
}

function describeListening(listening: Listening): string {
  switch (listening.kind) {
    case 'conflict':
      return explanationOf({ ...listening, kind: 'port-conflict' });
    case 'reserved':
      return explanationOf({ ...listening, kind: 'port-reserved' });
    case 'failed':
      return listening.why;
    case 'closed':
    case 'opening':
    case 'open':
      return '';
  }
}
