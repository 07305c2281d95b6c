import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { serviceUnderTest } from './support/service-under-test.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the service', () => {
  it('opens its port before Python, lets requests wait, and tells each state once', async () => {
    const { service, told, states } = serviceUnderTest();
    expect(service.state()).toEqual({ kind: 'stopped' });
    expect(await service.start()).toMatchObject({ kind: 'running', address: { port: 9_004 } });
    expect(told).toEqual(['requests may wait', 'port 9004 opens', 'Python opens']);
    expect([...new Set(states)]).toEqual(['starting', 'running']);
  });

  it('says what Python is waiting for', async () => {
    const steps: string[] = [];
    const { service } = serviceUnderTest({
      prepare(tell) {
        tell({ text: 'Fetching Python packages: numpy…', fraction: 0.25 });
        return Promise.resolve();
      },
    });
    service.onState((state) => void (state.kind === 'starting' && steps.push(state.step.text)));
    await service.start();
    expect(steps).toContain('Fetching Python packages: numpy…');
  });

  it('starts once, however often it is told to', async () => {
    const { service, told } = serviceUnderTest();
    await Promise.all([service.start(), service.start()]);
    await service.start();
    expect(told.filter((text) => text === 'Python opens')).toHaveLength(1);
  });

  it('stops once, however often it is told to, and starts again', async () => {
    const { service, told, states } = serviceUnderTest();
    await service.start();
    await Promise.all([service.stop(5), service.stop(0)]);
    expect(told.slice(3).toSorted()).toEqual(['Python closes in 5', 'port 9004 closes in 5']);
    expect(states.slice(-2)).toEqual(['stopping', 'stopped']);
    expect(await service.start()).toMatchObject({ kind: 'running' });
  });

  it('stops in the middle of a start that takes long, and is not started by it later', async () => {
    const { service, world, told } = serviceUnderTest();
    const prepared = Promise.withResolvers<void>();
    world.prepared = () => prepared.promise;
    const starting = service.start();
    await vi.waitFor(() => expect(service.state()).toMatchObject({ kind: 'starting', address: { port: 9_004 } }));
    await service.stop(0);
    expect(await starting).toMatchObject({ kind: 'stopping' });
    prepared.resolve();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(service.state()).toEqual({ kind: 'stopped' });
    expect(told).not.toContain('Python opens');
  });

  it('started while it stops, starts after that', async () => {
    const { service } = serviceUnderTest();
    await service.start();
    const stopping = service.stop(0);
    const starting = service.start();
    await stopping;
    expect(await starting).toMatchObject({ kind: 'running' });
  });

  it('leaves no port open that a change of settings opened while it was stopped', async () => {
    const { service, world, told } = serviceUnderTest();
    await service.start();
    const after = { ...world.settings, port: 9_010 };
    const prepared = await service.prepare(after, world.settings);
    await service.stop(0);
    world.settings = after;
    await prepared.commit();
    expect(service.state()).toEqual({ kind: 'stopped' });
    expect(told.slice(-1)).toEqual(['port 9010 closes in 0']);
  });

  it('opens its port once when it is started while the port is opened again', async () => {
    const opening = Promise.withResolvers<void>();
    let opened = 0;
    const { service, world } = serviceUnderTest({
      async listen(_handler, { port, hosts }) {
        opened += 1;
        if (opened > 1) await opening.promise;
        return { port, hosts, renew: () => undefined, close: () => Promise.resolve() };
      },
    });
    await service.start();
    const after = { ...world.settings, hosts: ['127.0.0.1'] };
    const committing = (await service.prepare(after, world.settings)).commit();
    await Promise.resolve();
    const starting = service.start();
    opening.resolve();
    await Promise.all([committing, starting]);
    expect(opened).toBe(2);
    expect(service.state()).toMatchObject({ kind: 'running', address: { hosts: ['127.0.0.1'] } });
  });

  it('tells who holds the port, and takes another one at once', async () => {
    const { service, world, told, apply } = serviceUnderTest();
    world.refusedPorts.set(9_004, 'EADDRINUSE');
    expect(await service.start()).toEqual({
      kind: 'port-conflict',
      port: 9_004,
      holder: { pid: 8124, name: 'python.exe' },
      answersLike: 'TabPy 2.16.0',
      freePort: 9_005,
    });
    expect(told).toContain('port 9004 is in use by python.exe (PID 8124)');
    expect(await apply({ port: 9_005 })).toBeNull();
    expect(await service.start()).toMatchObject({ kind: 'running', address: { port: 9_005 } });
  });

  it('tries the same port again when it is told to', async () => {
    const { service, world } = serviceUnderTest();
    world.refusedPorts.set(9_004, 'EADDRINUSE');
    await service.start();
    world.refusedPorts.clear();
    expect(await service.start()).toMatchObject({ kind: 'running' });
  });

  it.each([
    ['EACCES', 'port-reserved'],
    ['ENOBUFS', 'listen-failed'],
  ])('has its own words for %s', async (code, kind) => {
    const { service, world } = serviceUnderTest();
    world.refusedPorts.set(9_004, code);
    expect(await service.start()).toMatchObject({ kind, port: 9_004 });
  });

  it('answers without Python when Python cannot be prepared, and tries again on demand', async () => {
    const { service, world } = serviceUnderTest();
    world.prepared = () => Promise.reject(new Error('no image could be made'));
    expect(await service.start()).toMatchObject({
      kind: 'python-failed',
      why: 'no image could be made',
      address: { port: 9_004 },
    });
    world.prepared = () => Promise.resolve();
    service.restartPython();
    await vi.waitFor(() => expect(service.state()).toMatchObject({ kind: 'running' }));
  });

  it('tells that Python does not start any more, and that it does again', async () => {
    const { service, world, states } = serviceUnderTest();
    await service.start();
    world.fault = 'ended with exit code 75';
    service.noteChange();
    await vi.advanceTimersByTimeAsync(300);
    expect(states.at(-1)).toBe('python-failed');
    world.fault = null;
    service.noteChange();
    await vi.advanceTimersByTimeAsync(300);
    expect(states.at(-1)).toBe('running');
  });
});

describe('the service at work', () => {
  it('is busy once a script takes long, and only then', async () => {
    const { service, world, states } = serviceUnderTest();
    await service.start();
    world.counts = { ...world.counts, busy: 1, waiting: 2, busySince: performance.now() };
    service.noteChange();
    await vi.advanceTimersByTimeAsync(300);
    expect(states.at(-1)).toBe('running');
    await vi.advanceTimersByTimeAsync(300);
    expect(service.state()).toMatchObject({ kind: 'busy', scripts: 1, waiting: 2 });
    expect(states.at(-1)).toBe('busy');
    world.counts = { ...world.counts, busy: 0, waiting: 0, busySince: null };
    service.noteChange();
    await vi.advanceTimersByTimeAsync(300);
    expect(states.at(-1)).toBe('running');
  });

  it('is degraded after it lost an interpreter, until another one is ready', async () => {
    const { service, world, states } = serviceUnderTest();
    await service.start();
    world.counts = { ...world.counts, starting: 1, idle: 0 };
    service.noteBroken({ kind: 'deadline', afterMs: 30_000 });
    expect(service.state()).toMatchObject({ kind: 'degraded', why: 'script stopped after 30 s' });
    await vi.advanceTimersByTimeAsync(300);
    expect(states.at(-1)).toBe('degraded');
    world.counts = { ...world.counts, starting: 0, idle: 1 };
    service.noteChange();
    await vi.advanceTimersByTimeAsync(300);
    expect(states.at(-1)).toBe('running');
  });

  it('has no timer running when nothing happens', async () => {
    const { service } = serviceUnderTest();
    await service.start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stops scripts by hand and says how many', () => {
    const { service, told } = serviceUnderTest();
    expect(service.stopScripts()).toBe(2);
    expect(told).toEqual(['a user stopped 2 script(s)']);
  });
});

describe('changed settings', () => {
  it('of the port move the listener only; the old port goes when the new one is open', async () => {
    const { service, told, apply } = serviceUnderTest();
    await service.start();
    told.length = 0;
    expect(await apply({ port: 9_010 })).toBeNull();
    expect(told).toEqual(['port 9010 opens', 'port 9004 closes in 1000']);
    expect(service.state()).toMatchObject({ kind: 'running', address: { port: 9_010 } });
  });

  it('of a port that is taken are refused with a reason, and the old port stays', async () => {
    const { service, world, apply } = serviceUnderTest();
    await service.start();
    world.refusedPorts.set(9_010, 'EADDRINUSE');
    expect(await apply({ port: 9_010 })).toBe(
      'Port 9010 is in use by python.exe (PID 8124). It seems to be TabPy 2.16.0. Choose another port or stop that program.',
    );
    expect(service.state()).toMatchObject({ kind: 'running', address: { port: 9_004 } });
  });

  it('of addresses open the same port again', async () => {
    const { service, told, apply } = serviceUnderTest();
    await service.start();
    told.length = 0;
    await apply({ hosts: ['127.0.0.1'] });
    expect(told).toEqual(['port 9004 closes in 0', 'port 9004 opens']);
    expect(service.state()).toMatchObject({ kind: 'running', address: { hosts: ['127.0.0.1'] } });
  });

  it('of Python start Python again, others nothing', async () => {
    const { service, told, apply } = serviceUnderTest();
    await service.start();
    told.length = 0;
    await apply({ workers: 4, name: 'Mine', theme: 'dark' });
    expect(told).toEqual([]);
    await apply({ interpreterMegabytes: 700 });
    expect(told).toEqual(['Python restarts: its settings were changed']);
  });

  it('of a stopped server start nothing', async () => {
    const { told, apply } = serviceUnderTest();
    expect(await apply({ port: 9_010, interpreterMegabytes: 700 })).toBeNull();
    expect(told).toEqual([]);
  });
});

describe('after sleep', () => {
  it('the port is opened again where it no longer answers', async () => {
    const { service, world, told } = serviceUnderTest();
    await service.start();
    told.length = 0;
    await service.relisten();
    expect(told).toEqual([]);
    world.isAnswering = false;
    await service.relisten();
    expect(told).toEqual([
      'the port no longer answers; it is opened again',
      'port 9004 closes in 0',
      'port 9004 opens',
    ]);
  });
});
