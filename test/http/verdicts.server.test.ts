// What became of each request, and the requests that are not answered yet.

import { describe, expect, it, vi } from 'vitest';
import type { Answer } from '../../src-main/runtime/answer.ts';
import type { ReplyMeta } from '../../src-main/runtime/messages.ts';
import type { EndReason } from '../../src-shared/end-reason.ts';
import { answered } from './support/fake-runtime.ts';
import type { Call } from './support/fake-runtime.ts';
import { startApp } from './support/test-server.ts';

const SCRIPT = { data: { _arg1: [1, 2, 3] }, script: '# Double\nreturn [x * 2 for x in _arg1]' };
const WRONG = { kind: 'wrong-length', rowsSent: 3, rowsBack: 2 } as const;

async function verdictOf(answer: Answer, path = '/evaluate', method = 'POST') {
  const server = await startApp();
  server.runtime.answer = () => Promise.resolve(answer);
  await server.ask(path, { method, body: SCRIPT });
  await vi.waitFor(() => expect(server.records).toHaveLength(1));
  const { verdict, reason } = server.records[0]!;
  return { verdict, reason };
}

const told = (meta: Partial<ReplyMeta>): Answer => answered('[]', meta);
const ended = (reason: EndReason): Answer => ({ kind: 'ended', reason });

describe('the verdict of a request', () => {
  it('is ok for a result that Tableau takes', async () => {
    expect(await verdictOf(told({ rows: [3, 3] }))).toEqual({ verdict: 'ok', reason: null });
  });

  it.each(['/evaluate', '/query/add'])(
    'is rejected where Tableau shows an error in place of the result, at %s',
    async (path) => {
      expect(await verdictOf(told({ rows: [3, 2], rejection: WRONG }), path)).toMatchObject({
        verdict: 'rejected',
        reason: expect.stringContaining('2 values for 3 rows') as string,
      });
    },
  );

  it('is never rejected for what Tableau does not send', async () => {
    const read = await verdictOf(told({ rows: [3, 2], rejection: WRONG }), '/query/add', 'GET');
    expect(read.verdict).toBe('ok');
    const server = await startApp();
    for (const path of ['/info', '/status', '/endpoints', '/']) await server.ask(path);
    await vi.waitFor(() => expect(server.records).toHaveLength(4));
    expect(server.records.map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });

  it('is failed for an error, with the cause before the text of Python', async () => {
    const error = { type: 'TypeError', text: 'no', line: 1, traceback: null };
    expect(await verdictOf(told({ status: 500, error }))).toEqual({ verdict: 'failed', reason: 'TypeError : no' });
    const known = { ...error, cause: '_arg1 is null in row 2.' };
    expect((await verdictOf(told({ status: 500, error: known }))).reason).toBe('_arg1 is null in row 2.');
    expect((await verdictOf(ended({ kind: 'exited', code: 1, signal: null }))).verdict).toBe('failed');
    expect(await verdictOf(told({}), '/nowhere')).toMatchObject({ verdict: 'failed' });
  });

  it.each([
    [{ kind: 'deadline', afterMs: 30_000 }, 'which is the time-out. Send fewer rows'],
    [{ kind: 'memory', residentBytes: 2e9, limitBytes: 1e9 }, 'needed more than 1000 MB'],
    [{ kind: 'stopped', why: 'a user stopped it' }, 'a user stopped it'],
  ] as const)('is stopped after %j', async (reason, words) => {
    const { verdict, reason: text } = await verdictOf(ended(reason));
    expect(verdict).toBe('stopped');
    expect(text).toContain(words);
  });
});

describe('a request that is not answered yet', () => {
  /** A server whose Python begins with each request when the test says so. */
  async function slowServer() {
    const server = await startApp();
    const calls: { call: Call; answer: (answer: Answer) => void }[] = [];
    server.runtime.answer = (call) =>
      new Promise((resolve) => {
        calls.push({ call, answer: resolve });
        call.caller!.left?.addEventListener('abort', () =>
          resolve({ kind: 'refused', refusal: { kind: 'caller-left' } }),
        );
      });
    const asked = server.ask('/evaluate', { body: SCRIPT, headers: { 'TabPy-User': 'ann' } });
    await vi.waitFor(() => expect(calls).toHaveLength(1));
    return { server, asked, call: calls[0]!.call, answer: calls[0]!.answer };
  }

  it('waits, then runs, then is gone from the list and has both times', async () => {
    const { server, asked, call, answer } = await slowServer();
    expect(server.live.list(0)).toMatchObject([{ id: 1, state: 'waiting', user: 'ann', telling: 'Double' }]);
    call.caller!.watch!.began({ stop: () => Promise.resolve({ kind: 'stopped', why: '' }) });
    expect(server.live.list(0)).toMatchObject([{ id: 1, state: 'running' }]);
    expect(server.live.list(60_000)).toEqual([]);
    answer(told({ rows: [3, 3] }));
    await asked;
    expect(server.live.count).toBe(0);
    await vi.waitFor(() => expect(server.records).toHaveLength(1));
    const [{ waitedMs, ranMs, elapsedMs }] = server.records as [(typeof server.records)[0]];
    expect(waitedMs! + ranMs!).toBeLessThanOrEqual(elapsedMs);
  });

  it('can be stopped while it runs', async () => {
    const { server, asked, call, answer } = await slowServer();
    call.caller!.watch!.began({
      stop(reason) {
        answer({ kind: 'ended', reason });
        return Promise.resolve(reason);
      },
    });
    expect(server.live.stop(1, 'a user stopped it')).toBe(true);
    expect((await asked).json).toMatchObject({ info: 'Stopped : The script was stopped: a user stopped it.' });
    expect(server.live.stop(1, 'again')).toBe(false);
  });

  it('can be stopped while it waits', async () => {
    const { server, asked } = await slowServer();
    server.live.stop(1, 'a user stopped it');
    const { status, json } = await asked;
    expect([status, json]).toMatchObject([500, { message: 'Error processing script' }]);
    await vi.waitFor(() => expect(server.records).toMatchObject([{ verdict: 'stopped', waitedMs: null }]));
  });

  it('is described afterwards when Python ended before it answered', async () => {
    const server = await startApp();
    const meta = { status: 200, bodyBytes: 0, rows: [3, null] } as const;
    server.runtime.answer = () => Promise.resolve(ended({ kind: 'deadline', afterMs: 1_000 }));
    server.runtime.describe = () => Promise.resolve(meta);
    await server.ask('/evaluate', { body: SCRIPT });
    await vi.waitFor(() => expect(server.amended).toEqual([[1, meta]]));
  });
});
