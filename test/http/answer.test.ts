import { describe, expect, it } from 'vitest';
import type { EndReason } from '../../src-shared/end-reason.ts';
import { pythonFloat, replyOfFunction, replyOfScript } from '../../src-main/http/answer.ts';
import { HttpRefusal, refusals } from '../../src-main/http/errors.ts';
import { pythonJson } from '../../src-main/http/python-json.ts';

/** What `work` refuses with. */
function refusalOf(work: () => unknown): { status: number; message: string; info: unknown } {
  try {
    work();
  } catch (error) {
    if (error instanceof HttpRefusal) return { status: error.status, message: error.message, info: error.info };
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the end of an interpreter', () => {
  const reasons: readonly EndReason[] = [
    { kind: 'memory', residentBytes: 2e9, limitBytes: 1.5e9 },
    { kind: 'stopped', why: 'a user stopped it' },
    { kind: 'boot-timeout', afterMs: 120_000 },
    { kind: 'fault', what: 'a frame of 3 bytes' },
    { kind: 'exited', code: 1, signal: null },
    { kind: 'exited', code: null, signal: 'SIGSEGV' },
  ];

  it.each(reasons)('is told to the analyst: $kind', (reason) => {
    const script = refusalOf(() => replyOfScript({ kind: 'ended', reason }, 30));
    expect(script).toMatchObject({ status: 500, message: 'Error processing script' });
    const query = refusalOf(() => replyOfFunction({ kind: 'ended', reason }, 'add'));
    expect(query).toEqual({
      status: 500,
      message: "Error querying function 'add'",
      info: { uri: 'add', error: script.info, type: 'QueryFailed' },
    });
  });

  it('at the deadline is 408 for a script and, as in TabPy, 500 for a function', () => {
    const answer = { kind: 'ended', reason: { kind: 'deadline', afterMs: 2_500 } } as const;
    expect(refusalOf(() => replyOfScript(answer, 2.5))).toEqual({
      status: 408,
      message: 'User defined script timed out. Timeout is set to 2.5 s.',
      info: {},
    });
    expect(refusalOf(() => replyOfFunction(answer, 'add')).status).toBe(500);
  });
});

describe('a change that was refused', () => {
  it('is told with its reason', () => {
    const meta = { status: 200, bodyBytes: 0 };
    expect(refusalOf(() => replyOfScript({ kind: 'change-refused', why: 'the disk is full', meta }, 30))).toEqual({
      status: 500,
      message: 'Error processing script',
      info: 'the disk is full',
    });
  });
});

describe('every refusal', () => {
  const all: Readonly<Record<keyof typeof refusals, HttpRefusal>> = {
    wrongCredentials: refusals.wrongCredentials('TabPy'),
    credentialsNotWanted: refusals.credentialsNotWanted('TabPy'),
    tooLarge: refusals.tooLarge(2, 1),
    notGzip: refusals.notGzip('why'),
    evaluateOff: refusals.evaluateOff(),
    unknownEndpoint: refusals.unknownEndpoint('a'),
    noSuchEndpoint: refusals.noSuchEndpoint('a'),
    notFound: refusals.notFound('/a'),
    methodNotAllowed: refusals.methodNotAllowed('PUT', '/a'),
    emptyBody: refusals.emptyBody(),
    undecodableBody: refusals.undecodableBody('why'),
    badRequest: refusals.badRequest('why'),
    noMemoryForBodies: refusals.noMemoryForBodies(),
    noMemoryForAnswers: refusals.noMemoryForAnswers(),
    tooSlow: refusals.tooSlow(),
    notStored: refusals.notStored('why'),
    foreignHost: refusals.foreignHost('evil.example'),
    foreignPage: refusals.foreignPage('https://evil.example'),
    callerLeft: refusals.callerLeft(),
    overloaded: refusals.overloaded(3),
    stopping: refusals.stopping(),
    internal: refusals.internal(),
  };

  it('has its status', () => {
    expect(Object.fromEntries(Object.entries(all).map(([name, { status }]) => [name, status]))).toEqual({
      credentialsNotWanted: 406,
      wrongCredentials: 401,
      tooLarge: 413,
      notGzip: 400,
      evaluateOff: 404,
      unknownEndpoint: 404,
      noSuchEndpoint: 404,
      notFound: 404,
      methodNotAllowed: 405,
      emptyBody: 400,
      undecodableBody: 400,
      badRequest: 400,
      noMemoryForBodies: 503,
      noMemoryForAnswers: 503,
      tooSlow: 408,
      notStored: 500,
      foreignHost: 403,
      foreignPage: 403,
      callerLeft: 499,
      overloaded: 503,
      stopping: 503,
      internal: 500,
    });
  });

  it('at the door says how to be let in', () => {
    expect(all.foreignHost.info).toBe(
      'Use the name localhost, or add the name under Settings ▸ Other server names (--allow-host).',
    );
    expect(all.foreignPage.info).toBe(
      'If you trust it, allow it under Settings ▸ Web pages that may call this server (--allow-origin https://evil.example).',
    );
  });
});

describe('texts as Python writes them', () => {
  it.each([
    [30, '30.0'],
    [2.5, '2.5'],
    [0.1, '0.1'],
  ])('%d is %s', (value, text) => expect(pythonFloat(value)).toBe(text));

  it('has a space after every comma and colon, and none inside texts', () => {
    expect(pythonJson({ a: [1, 'b,c:d', null], e: {}, f: undefined, g: [undefined] })).toBe(
      '{"a": [1, "b,c:d", null], "e": {}, "g": [null]}',
    );
  });
});
