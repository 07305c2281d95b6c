import { describe, expect, it } from 'vitest';
import { createService } from '../../src-main/service/service.ts';
import type { Runtime } from '../../src-main/runtime/runtime.ts';
import { DEFAULT_SETTINGS } from '../../src-shared/settings.ts';
import { fakeRuntime } from '../server/support/fake-runtime.ts';

/** A service whose parts write down what they are told. */
function serviceOf() {
  const told: string[] = [];
  const runtime: Runtime = {
    ...fakeRuntime(),
    open: () => {
      told.push('Python opens');
      return Promise.resolve(true);
    },
    stopScripts: () => 2,
    close: (graceMs) => Promise.resolve(void told.push(`Python closes in ${graceMs}`)),
  };
  const say = (text: string): void => void told.push(text);
  const service = createService({
    settings: { ...DEFAULT_SETTINGS, port: 0 },
    handler: () => undefined,
    runtime,
    listen: (_handler, hosts) =>
      Promise.resolve({
        port: 9_123,
        hosts,
        close: (graceMs) => Promise.resolve(void told.push(`port closes in ${graceMs}`)),
      }),
    log: { debug: say, info: say, warn: say, error: say },
  });
  return { service, told };
}

describe('the service', () => {
  it('opens its port before Python, and says where', async () => {
    const { service, told } = serviceOf();
    expect((await service.listen()).port).toBe(9_123);
    expect(told).toEqual(['listening on 127.0.0.1 and ::1, port 9123']);
    await service.usePython();
    expect(told.at(-1)).toBe('Python opens');
  });

  it('stops once, however often it is told to', async () => {
    const { service, told } = serviceOf();
    await service.listen();
    await Promise.all([service.stop(5), service.stop(0)]);
    expect(told.slice(1)).toEqual(['stopping', 'port closes in 5', 'Python closes in 5', 'stopped']);
  });

  it('stops before it ever listened', async () => {
    const { service, told } = serviceOf();
    await service.stop(0);
    expect(told).toEqual(['stopping', 'Python closes in 0', 'stopped']);
  });

  it('stops scripts by hand and says how many', () => {
    const { service, told } = serviceOf();
    expect(service.stopScripts()).toBe(2);
    expect(told).toEqual(['stopped 2 running script(s) by hand']);
  });
});
