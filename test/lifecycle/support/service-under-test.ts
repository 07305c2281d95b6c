// A service whose parts write down what they are told, and whose port and Python do what a test says. Must not know a test.

import { DEFAULT_SETTINGS } from '../../../src-shared/settings.ts';
import type { Settings } from '../../../src-shared/settings.ts';
import type { PoolCounts } from '../../../src-main/runtime/lease.ts';
import type { Runtime } from '../../../src-main/runtime/runtime.ts';
import { createService } from '../../../src-main/lifecycle/service.ts';
import type { ServiceDeps } from '../../../src-main/lifecycle/service.ts';
import { fakeRuntime } from '../../http/support/fake-runtime.ts';

export function serviceUnderTest(more: Partial<ServiceDeps> = {}) {
  const told: string[] = [];
  const say = (text: string): void => void told.push(text);
  const world = {
    settings: { ...DEFAULT_SETTINGS },
    /** Ports that cannot be opened, with Node's code. */
    refusedPorts: new Map<number, string>(),
    counts: { starting: 0, idle: 1, busy: 0, waiting: 0, started: 1, busySince: null } as PoolCounts,
    fault: null as string | null,
    pythonOpens: (): Promise<boolean> => Promise.resolve(true),
    prepared: (): Promise<void> => Promise.resolve(),
    isAnswering: true,
  };
  const runtime: Runtime = {
    ...fakeRuntime(),
    admit: () => say('requests may wait'),
    open: () => {
      say('Python opens');
      return world.pythonOpens();
    },
    restart: (why) => say(`Python restarts: ${why}`),
    fault: () => world.fault,
    counts: () => world.counts,
    stopScripts: () => 2,
    close: (graceMs) => Promise.resolve(say(`Python closes in ${graceMs}`)),
  };
  const service = createService({
    settings: () => world.settings,
    handler: () => undefined,
    runtime,
    prepare: () => world.prepared(),
    listen: (_handler, { hosts, port }) => {
      const code = world.refusedPorts.get(port);
      if (code !== undefined) return Promise.reject(Object.assign(new Error(`listen ${code}`), { code }));
      say(`port ${port} opens`);
      return Promise.resolve({
        port,
        hosts,
        renew: () => undefined,
        close: (graceMs) => Promise.resolve(say(`port ${port} closes in ${graceMs}`)),
      });
    },
    lookAtPort: () =>
      Promise.resolve({ holder: { pid: 8124, name: 'python.exe' }, answersLike: 'TabPy 2.16.0', freePort: 9005 }),
    isAnswering: () => Promise.resolve(world.isAnswering),
    log: { debug: () => undefined, info: () => undefined, warn: say, error: say },
    ...more,
  });
  const states: string[] = [];
  service.onState((state) => void states.push(state.kind));
  /** Changes settings as the program does; answers why it cannot, or null. */
  const apply = async (changes: Partial<Settings>): Promise<string | null> => {
    const after = { ...world.settings, ...changes };
    try {
      const prepared = await service.prepare(after, world.settings);
      world.settings = after;
      await prepared.commit();
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  };
  return { service, world, told, states, apply };
}
