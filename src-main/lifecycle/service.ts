// The running server: one listener and one Python, started and stopped together, and the state they are in.
// Must not know Electron, the command line or the page.

import type { RequestListener } from 'node:http';
import type { Address, ServiceState, Step } from '../../src-shared/service-state.ts';
import { explanationOf } from '../../src-shared/state-words.ts';
import { SETTING_NAMES, SETTINGS } from '../../src-shared/settings.ts';
import type { Applies, Setting } from '../../src-shared/setting-kinds.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { Log } from '../activity/log.ts';
import type { EndReason } from '../runtime/interpreter.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Listener } from '../listening/listen.ts';
import { ownFault } from '../../src-shared/own-fault.ts';
import type { PortNews } from '../listening/port-news.ts';
import { stateOf } from './transitions.ts';
import type { Facts, Listening, PythonStage } from './transitions.ts';

export interface Service {
  state(): ServiceState;
  /** @returns how to stop listening */
  onState(listener: (state: ServiceState) => void): () => void;
  /**
   * Starts what is not started. Requests are taken as soon as the port is open; those that need Python wait for it.
   * Never rejects: resolves with the state once it is clear what came of it.
   */
  start(): Promise<ServiceState>;
  /** Takes no more requests, lets running ones finish for up to `graceMs`, ends Python. May be called twice. */
  stop(graceMs: number): Promise<void>;
  /** Ends every script that runs now; their callers are told. Returns how many. Also ends the grace period of `stop`. */
  stopScripts(): number;
  restartPython(): void;
  /** After the computer slept: opens the port again where it no longer answers. */
  relisten(): Promise<void>;
  /**
   * Puts changed settings to work: only what depends on them starts again. Resolves with why the port stays as it was,
   * or null when all is done; the caller then takes the setting back.
   */
  apply(before: Settings, after: Settings): Promise<string | null>;
  /** The runtime's `onChange` and `onBroken`. */
  readonly noteChange: () => void;
  readonly noteBroken: (reason: EndReason) => void;
}

export interface ServiceDeps {
  readonly settings: () => Settings;
  readonly handler: RequestListener;
  readonly runtime: Runtime;
  /** Puts in place what Python needs; at once when it is there. */
  readonly prepare: (tell: (step: Step) => void) => Promise<void>;
  readonly listen: (handler: RequestListener, hosts: readonly string[], port: number) => Promise<Listener>;
  readonly lookAtPort: (port: number) => Promise<PortNews>;
  readonly isAnswering: (address: Address) => Promise<boolean>;
  readonly log: Log;
}

// A script is worth a word in the header once people could wonder what takes so long.
const LONG_MS = 500;
const LOOK_AGAIN_MS = 250;
const STARTING: Step = { text: 'Starting Python…', fraction: null };
const OLD_PORT_GRACE_MS = 1_000;

export function createService(deps: ServiceDeps): Service {
  const { settings, handler, runtime, log } = deps;
  const listeners = new Set<(state: ServiceState) => void>();
  let facts: Omit<Facts, 'load' | 'fault'> = {
    isWanted: false,
    isStopping: false,
    listening: { kind: 'closed' },
    python: { kind: 'off' },
    broken: null,
  };
  let listener: Listener | null = null;
  let starting: Promise<ServiceState> | null = null;
  let preparing: Promise<void> | null = null;
  /** Ends the waiting of a start that was overtaken by a stop. */
  let stopped = Promise.withResolvers<void>();
  let stopping: Promise<void> | null = null;
  let lookTimer: NodeJS.Timeout | null = null;
  let shown: ServiceState = { kind: 'stopped' };

  const look = (): ServiceState => {
    const { busy, waiting, busySince } = runtime.counts();
    const isLong = busySince !== null && performance.now() - busySince >= LONG_MS;
    return stateOf({ ...facts, load: { running: busy, waiting, isLong }, fault: runtime.fault() });
  };

  const announce = (): ServiceState => {
    const state = look();
    if (JSON.stringify(state) !== JSON.stringify(shown)) {
      shown = state;
      for (const tell of listeners) tell(state);
    }
    return state;
  };

  const know = (news: Partial<typeof facts>): ServiceState => {
    facts = { ...facts, ...news };
    return announce();
  };

  /** Requests come and go a thousand times a second; the state is looked at a few times. */
  const lookSoon = (): void => {
    lookTimer ??= setTimeout(() => {
      lookTimer = null;
      const { starting: coming, busy } = runtime.counts();
      if (facts.broken !== null && coming === 0) facts = { ...facts, broken: null };
      announce();
      if (busy > 0 && shown.kind !== 'busy') lookSoon();
    }, LOOK_AGAIN_MS).unref();
  };

  const openPort = async (): Promise<Listening> => {
    const { hosts, port, transferProtocol: protocol } = settings();
    try {
      listener = await deps.listen(handler, hosts, port);
    } catch (error) {
      return whyNot(error as NodeJS.ErrnoException, port);
    }
    log.info(`listening on ${listener.hosts.join(' and ')}, port ${listener.port}`);
    return { kind: 'open', address: { protocol, hosts: listener.hosts, port: listener.port, since: Date.now() } };
  };

  const whyNot = async (error: NodeJS.ErrnoException, port: number): Promise<Listening> => {
    const { holder, answersLike, freePort } = await deps.lookAtPort(port);
    switch (error.code) {
      case 'EADDRINUSE':
        log.warn(`port ${port} is in use${holder ? ` by ${holder.name} (PID ${holder.pid})` : ''}`);
        return { kind: 'conflict', port, holder, answersLike, freePort };
      case 'EACCES':
        log.warn(`the system does not let this program use port ${port}`);
        return { kind: 'reserved', port, freePort };
      default:
        log.error(`cannot listen on port ${port}: ${error.message}`);
        return {
          kind: 'failed',
          port,
          why: `Cannot listen on ${settings().hosts.join(', ')} port ${port}: ${error.message}`,
        };
    }
  };

  const bringPython = async (): Promise<PythonStage> => {
    const since = Date.now();
    const tell = (step: Step): void => void know({ python: { kind: 'coming', since, step } });
    try {
      tell(STARTING);
      // It cannot be cut short, and a second start waits for the same one.
      preparing ??= deps
        .prepare((step) => {
          if (facts.isWanted && facts.python.kind === 'coming') tell(step);
        })
        .finally(() => (preparing = null));
      await Promise.race([preparing, stopped.promise]);
    } catch (error) {
      const { text, detail } = ownFault(error);
      log.error(`Python cannot be started: ${text}`, { detail });
      return { kind: 'failed', why: (error as Error).message };
    }
    if (!facts.isWanted) return { kind: 'off' };
    tell(STARTING);
    // The pool goes on trying; `fault()` tells for how long it was in vain.
    if (!(await runtime.open()))
      log.error('Python does not start; requests that need it are told so, and it is tried again');
    return facts.isWanted ? { kind: 'ready' } : { kind: 'off' };
  };

  const start = async (): Promise<ServiceState> => {
    stopped = Promise.withResolvers<void>();
    know({ isWanted: true, broken: null, listening: listener ? facts.listening : { kind: 'opening' } });
    if (!listener) {
      // Before the port opens: who comes first waits for Python instead of being refused.
      runtime.admit();
      const listening = await openPort();
      if (facts.isWanted) know({ listening });
    }
    if (facts.isWanted && listener && facts.python.kind !== 'ready') know({ python: await bringPython() });
    return announce();
  };

  const begin = (): Promise<ServiceState> => {
    if (stopping) return stopping.then(begin);
    starting ??= start().finally(() => (starting = null));
    return starting;
  };

  const stop = async (graceMs: number): Promise<void> => {
    const running = starting;
    know({ isWanted: false, isStopping: true });
    log.info('stopping');
    stopped.resolve();
    const closing = runtime.close(graceMs);
    // A start in the middle of opening its port has one to close once it is open.
    if (facts.listening.kind === 'opening') await running;
    const old = listener;
    listener = null;
    await Promise.all([old?.close(graceMs), closing]);
    await running;
    know({ isStopping: false, listening: { kind: 'closed' }, python: { kind: 'off' }, broken: null });
    log.info('stopped');
  };

  /** Another port or other addresses. The old port stays until the new one is open, unless it is the same. */
  const move = async (before: Settings, after: Settings): Promise<string | null> => {
    const old = listener;
    if (!old) return null;
    if (before.port === after.port) await old.close(0);
    const listening = await openPort();
    if (listening.kind === 'open') {
      know({ listening });
      if (before.port !== after.port) await old.close(OLD_PORT_GRACE_MS);
      return null;
    }
    if (before.port === after.port) {
      listener = null;
      know({ listening });
      return null;
    }
    listener = old;
    return describeListening(listening);
  };

  return {
    state: look,
    onState(tell) {
      listeners.add(tell);
      return () => void listeners.delete(tell);
    },
    start: begin,
    stop(graceMs) {
      stopping ??= stop(graceMs).finally(() => (stopping = null));
      return stopping;
    },
    stopScripts() {
      const count = runtime.stopScripts();
      log.warn(`stopped ${count} running script(s) by hand`);
      return count;
    },
    restartPython() {
      log.info('Python starts again');
      runtime.restart('Python was started again');
      lookSoon();
      if (facts.python.kind === 'failed' && facts.isWanted) {
        know({ python: { kind: 'off' } });
        void begin();
      }
    },
    async relisten() {
      if (facts.listening.kind !== 'open' || !listener || (await deps.isAnswering(facts.listening.address))) return;
      log.warn('the port no longer answers; it is opened again');
      await listener.close(0);
      know({ listening: await openPort() });
    },
    async apply(before, after) {
      const changed = changedParts(before, after);
      if (changed.has('listener')) {
        // After a conflict another port is another try.
        if (facts.isWanted && !listener) void begin();
        const refusal = await move(before, after);
        if (refusal !== null) return refusal;
      }
      if (changed.has('python') && facts.python.kind === 'ready') runtime.restart('its settings were changed');
      lookSoon();
      return null;
    },
    noteChange: lookSoon,
    noteBroken(reason) {
      if (facts.isStopping || !facts.isWanted) return;
      know({ broken: shortReason(reason) });
      lookSoon();
    },
  };
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

/** Why an interpreter was lost, for the header: a few words. */
function shortReason(reason: EndReason): string {
  switch (reason.kind) {
    case 'deadline':
      return `script stopped after ${reason.afterMs / 1000} s`;
    case 'memory':
      return `script stopped at ${Math.round(reason.limitBytes / 1e6)} MB`;
    case 'stopped':
      return 'script stopped by hand';
    case 'boot-timeout':
    case 'fault':
    case 'exited':
      return 'Python crashed';
  }
}
