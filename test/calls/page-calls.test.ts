import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { argumentsOf, CALL_NAMES, CallError } from '../../src-shared/ipc.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import type { PageEvent } from '../../src-shared/ipc.ts';
import type { RequestRecord } from '../../src-shared/request-record.ts';
import { Live, LiveRequests } from '../../src-main/activity/live-requests.ts';
import { requestFacts } from '../support/request-facts.ts';
import { createRecent } from '../../src-main/activity/recent.ts';
import { createRecorder } from '../../src-main/activity/recorder.ts';
import type { RequestContent } from '../../src-main/activity/recorder.ts';
import type { AuthoringCalls } from '../../src-main/authoring/authoring.ts';
import { createPageCalls } from '../../src-main/calls/page-calls.ts';
import type { PageCallsDeps } from '../../src-main/calls/page-calls.ts';
import { createSettingChanges, NO_CHANGE } from '../../src-main/settings/setting-changes.ts';
import { createSettings } from '../../src-main/settings/settings.ts';
import { fakeEnvironments } from './support/fake-environments.ts';
import { fakePackages } from './support/fake-packages.ts';
import { serviceUnderTest } from '../lifecycle/support/service-under-test.ts';

function pageOf(more: Partial<PageCallsDeps> = {}) {
  const settings = createSettings(null, {});
  const replayed: unknown[] = [];
  const { service, world, told } = serviceUnderTest({ settings: () => settings.read() });
  const page = createPageCalls({
    service,
    settings,
    functions: () => [],
    changeSettings: createSettingChanges(settings, [{ prepare: () => NO_CHANGE }, service], { error: () => undefined }),
    figures: (names) => Object.fromEntries([...names].map((name) => [name, FIGURES])),
    removeFunction: (name) => Promise.resolve(name === 'add'),
    importFromTabpy: (_options, change) =>
      change({ name: 'from TabPy' }).then(() => Promise.reject(new Error('no TabPy'))),
    authoring: {} as AuthoringCalls,
    followed: { list: () => [], follow: () => Promise.reject(new Error('unused')), unfollow: () => Promise.resolve() },
    packages: fakePackages().forPage,
    environments: fakeEnvironments().forPage,
    deployModels: () => Promise.resolve([]),
    requests: createRecorder({ isDataKept: () => settings.read().keepData }),
    live: new LiveRequests(
      () => true,
      () => undefined,
    ),
    replay: (request) => {
      replayed.push([request.path, String(request.body), request.user]);
      return Promise.resolve(77);
    },
    users: {} as PageCallsDeps['users'],
    selfTest: () => Promise.resolve([]),
    about: () => Promise.reject(new Error('unused')),
    sampleWorkbook: () => Promise.resolve('UEsDBA=='),
    logEntries: createRecent(10),
    program: () => ({ version: '1', python: null, platform: 'linux', surface: 'app', dataDir: '/data' }),
    tryPort: (port) => Promise.resolve({ 9_005: 'free', 80: 'EACCES' }[port] ?? 'EADDRINUSE'),
    lookAtPort: () => Promise.resolve({ holder: { pid: 1, name: 'init' }, answersLike: null, freePort: null }),
    notices: [{ id: 'a', level: 'info', text: 'first' }],
    copyText: null,
    openFolder: null,
    saveFile: null,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    ...more,
  });
  const events: PageEvent[] = [];
  page.onEvent((event) => void events.push(event));
  return { page, service, settings, world, told, events, replayed };
}

const record = (id: number, more: Partial<RequestRecord> = {}) => ({ id, path: '/info', ...more }) as RequestRecord;
const content = (request: string | null = null): RequestContent => ({
  headers: {},
  request: request === null ? null : Buffer.from(request),
  response: null,
  prints: '',
  printsDropped: 0,
  error: null,
  heads: null,
  signedInAs: null,
});

const FIGURES = { calls: 1, errors: 0, p95Ms: 1, lastAt: 0 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the page', () => {
  it('is told what Tableau did, and nothing of other programs', async () => {
    const { page, events } = pageOf();
    const calculation = {
      path: '/evaluate',
      method: 'POST',
      status: 200,
      startedAt: 5,
      elapsedMs: 2,
      verdict: 'ok' as const,
    };
    const from = (userAgent: string): RequestContent => ({ ...content(), headers: { 'user-agent': userAgent } });
    page.noteRequest(record(1, { ...calculation, client: null }), from('curl/8.5.0'));
    page.noteRequest(record(2, { ...calculation, client: 'TabPy Tray replay' }), content());
    vi.advanceTimersByTime(1_000);
    expect(events.filter(({ name }) => name === 'tableau')).toEqual([]);
    page.noteRequest(record(3, { ...calculation, client: 'Tableau Desktop' }), content());
    page.noteRequest(record(4, { ...calculation, client: 'Tableau Desktop' }), content());
    vi.advanceTimersByTime(1_000);
    const tableau = { askedAt: null, calculated: { id: 4, at: 5, elapsedMs: 2 }, failed: null };
    expect(events.filter(({ name }) => name === 'tableau')).toEqual([{ name: 'tableau', value: tableau }]);
    expect((await page.calls.snapshot()).tableau).toEqual(tableau);
  });

  it('gets everything at once, then what changes', async () => {
    const { page, events } = pageOf();
    page.noteRequest(record(1), content());
    expect(await page.calls.snapshot()).toMatchObject({
      state: { kind: 'stopped' },
      requests: [{ id: 1 }],
      notices: [{ id: 'a' }],
      program: { dataDir: '/data' },
    });
    await page.calls.start();
    await vi.waitFor(() =>
      expect(events.findLast((event) => event.name === 'state')).toMatchObject({ value: { kind: 'running' } }),
    );
  });

  it('gets requests and log entries in batches', async () => {
    const { page, events } = pageOf();
    for (let id = 1; id <= 3; id += 1) page.noteRequest(record(id), content());
    page.noteLog({ id: 1, at: 0, level: 'info', text: 'hello' });
    expect(events).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(events).toMatchObject([
      { name: 'requests', value: [{ id: 1 }, { id: 2 }, { id: 3 }] },
      { name: 'log', value: [{ text: 'hello' }] },
    ]);
  });

  it('is told of called functions at most once a second, each once', async () => {
    const { page, events } = pageOf();
    for (const name of ['add', 'sub', 'add']) page.noteCall(name);
    await vi.advanceTimersByTimeAsync(999);
    expect(events).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(events).toEqual([{ name: 'figures', value: { add: FIGURES, sub: FIGURES } }]);
  });

  it('moves the server to another port by changing the setting', async () => {
    const { page, service, settings } = pageOf();
    await service.start();
    expect(await page.calls.changeSettings({ port: 9_010 })).toMatchObject({ port: 9_010 });
    expect(service.state()).toMatchObject({ kind: 'running', address: { port: 9_010 } });
    expect(settings.read().port).toBe(9_010);
  });

  it('is told why a port cannot be taken, and the setting stays', async () => {
    const { page, service, settings, world, events } = pageOf();
    await service.start();
    world.refusedPorts.set(9_010, 'EADDRINUSE');
    const refusal = await page.calls.changeSettings({ port: 9_010 }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({ code: 'refused' });
    expect((refusal as Refusal).message).toContain('Port 9010 is in use by python.exe');
    expect(settings.read().port).toBe(9_004);
    expect(events.filter((event) => event.name === 'settings')).toEqual([]);
  });

  it('learns of a port whether it is free, ours, taken or reserved', async () => {
    const { page, service } = pageOf();
    await service.start();
    expect(await page.calls.checkPort(9_005)).toEqual({ kind: 'free' });
    expect(await page.calls.checkPort(9_004)).toEqual({ kind: 'ours' });
    expect(await page.calls.checkPort(80)).toEqual({ kind: 'reserved' });
    expect(await page.calls.checkPort(9_006)).toEqual({
      kind: 'taken',
      holder: { pid: 1, name: 'init' },
      answersLike: null,
    });
  });

  it('dismisses a notice, and gets new ones', async () => {
    const { page, events } = pageOf();
    page.notice({ id: 'b', level: 'warn', text: 'second' });
    await page.calls.dismissNotice('a');
    expect(events.at(-1)).toMatchObject({ name: 'notices', value: [{ id: 'b' }] });
  });

  it('clears the requests for every page', async () => {
    const { page, events } = pageOf();
    page.noteRequest(record(1), content());
    await page.calls.clearRequests();
    expect((await page.calls.snapshot()).requests).toEqual([]);
    expect(events).toContainEqual({ name: 'requestsCleared', value: null });
  });

  it('tells a page which requests run, and that they ended, also when it came while they ran', async () => {
    const told: PageEvent[] = [];
    const live = new LiveRequests(
      () => true,
      () => page.noteLive(),
    );
    const { page } = pageOf({ live });
    const one = new Live({ ...requestFacts({ id: 3 }) }, Buffer.from('{"script": "return 1"}'), () => undefined);
    live.add(one);
    page.onEvent((event) => void told.push(event));
    expect((await page.calls.snapshot()).live).toMatchObject([{ id: 3, telling: 'return 1' }]);
    live.remove(one);
    vi.advanceTimersByTime(200);
    expect(told).toContainEqual({ name: 'live', value: [] });
  });

  it('looks at one request, and sends it again as it was or changed', async () => {
    const { page, replayed } = pageOf();
    page.noteRequest(record(5, { path: '/evaluate', user: 'ann' }), content('{"script": "return 1"}'));
    expect(await page.calls.requestDetail(5)).toMatchObject({
      record: { id: 5, preview: 'return 1' },
      request: { kind: 'kept', text: '{"script": "return 1"}' },
    });
    expect(await page.calls.requestDetail(6)).toBeNull();
    expect(await page.calls.replay(5, null)).toBe(77);
    await page.calls.replay(5, 'return 2');
    expect(replayed).toEqual([
      ['/evaluate', '{"script": "return 1"}', 'ann'],
      ['/evaluate', '{"script": "return 1","script":"return 2"}', 'ann'],
    ]);
  });

  it('sends nothing again that was not kept, is gone, or is no script', async () => {
    const { page, settings } = pageOf();
    page.noteRequest(record(1), content());
    settings.change({ keepData: false });
    page.noteRequest(record(2, { path: '/evaluate' }), content('{}'));
    for (const id of [1, 2, 3]) await expect(page.calls.replay(id, null)).rejects.toMatchObject({ code: 'refused' });
  });

  it('is told what its surface cannot do, and what is not there', async () => {
    const { page } = pageOf();
    await expect(page.calls.openFolder('data')).rejects.toMatchObject({ code: 'not-here' });
    await expect(page.calls.copyText('x')).rejects.toMatchObject({ code: 'not-here' });
    await expect(page.calls.removeFunction('nope')).rejects.toMatchObject({ code: 'no-such-function' });
    await page.calls.removeFunction('add');
  });
});

describe('taking over a TabPy', () => {
  const options = { place: '/old', isDryRun: false, override: false };

  it('changes settings as the window does, and says why there is nothing to take', async () => {
    const { page, settings } = pageOf();
    await page.calls.start();
    await expect(page.calls.importFromTabpy(options)).rejects.toMatchObject({ code: 'no-tabpy', message: 'no TabPy' });
    expect(settings.read().name).toBe('from TabPy');
  });
});

describe('the arguments of calls', () => {
  it.each([
    ['start', ['more']],
    ['start', null],
    ['checkPort', [-1]],
    ['checkPort', [1.5]],
    ['checkPort', ['9004']],
    ['changeSettings', [{ port: 70_000 }]],
    ['changeSettings', [{ nonsense: 1 }]],
    ['changeSettings', [['port']]],
    ['openFolder', ['/etc']],
    ['copyText', [{ toString: 'x' }]],
  ] as const)('%s(%j) are refused', (name, values) => {
    expect(() => argumentsOf(name, values)).toThrow(CallError);
  });

  it('that fit are taken', () => {
    expect(argumentsOf('changeSettings', [{ port: 9_005, theme: 'dark' }])).toEqual([{ port: 9_005, theme: 'dark' }]);
    for (const name of ['snapshot', 'start', 'stop'] as const) expect(argumentsOf(name, [])).toEqual([]);
    expect(CALL_NAMES).toContain('stopScripts');
  });
});
