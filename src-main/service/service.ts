// The running server: one listener and one runtime, started and stopped together. Must not know Electron or the command line.

import type { RequestListener } from 'node:http';
import type { Settings } from '../../src-shared/settings.ts';
import type { Log } from '../activity/log.ts';
import type { Runtime } from '../runtime/runtime.ts';
import type { Listener } from '../server/listen.ts';

export interface Service {
  /** Opens the port. Requests that need Python wait until `usePython`. Rejects with Node's error (EADDRINUSE …). */
  listen(): Promise<Listener>;
  /** Python may start: everything that it needs is in place. Resolves with whether it did. */
  usePython(): Promise<boolean>;
  /** Ends every script that runs now; their callers are told. Returns how many. */
  stopScripts(): number;
  /** Takes no more requests, lets running ones finish for up to `graceMs`, ends Python. May be called twice. */
  stop(graceMs: number): Promise<void>;
}

export interface ServiceDeps {
  readonly settings: Settings;
  readonly handler: RequestListener;
  readonly runtime: Runtime;
  readonly listen: (handler: RequestListener, hosts: readonly string[], port: number) => Promise<Listener>;
  readonly log: Log;
}

export function createService({ settings, handler, runtime, listen, log }: ServiceDeps): Service {
  let listener: Listener | null = null;
  let stopping: Promise<void> | null = null;

  const stop = async (graceMs: number): Promise<void> => {
    log.info('stopping');
    await Promise.all([listener?.close(graceMs), runtime.close(graceMs)]);
    log.info('stopped');
  };

  return {
    async listen() {
      listener = await listen(handler, settings.hosts, settings.port);
      log.info(`listening on ${listener.hosts.join(' and ')}, port ${listener.port}`);
      return listener;
    },
    usePython: () => runtime.open(),
    stopScripts() {
      const count = runtime.stopScripts();
      log.warn(`stopped ${count} running script(s) by hand`);
      return count;
    },
    stop(graceMs) {
      stopping ??= stop(graceMs);
      return stopping;
    },
  };
}
