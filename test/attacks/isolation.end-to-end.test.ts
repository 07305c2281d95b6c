// Who meets whom in one interpreter, in each mode, as the callers of the real server see it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';

const DEPLOY = `from tabpy.tabpy_tools.client import Client
def tally(seen=[]):
    import sys
    seen.append(1)
    script = sys.modules['tabpy_script'].__dict__
    return [len(seen), script.get('MARK')]
Client('http://localhost:9004/').deploy('tally', tally, 'counts its calls', override=True)`;
const MARK = 'global MARK\nMARK = _arg1\nreturn MARK';
const LOOK = "return globals().get('MARK')";
const ASK = "return tabpy.query('tally')['response']";

interface Expected {
  /** What a caller's script finds of the mark that an earlier one of the same caller left; of another caller. */
  readonly own: string | null;
  readonly foreign: string | null;
  /** The second /query of one caller, and the first of another after that: calls counted, mark of a script seen. */
  readonly second: readonly [number, string | null];
  readonly other: readonly [number, string | null];
  /** What a function finds that another caller's script asks for, then one of the caller whose mark it is. */
  readonly asked: readonly [readonly [number, string | null], readonly [number, string | null]];
}

const MODES: Readonly<Record<string, Expected>> = {
  caller: {
    own: 'ann',
    foreign: null,
    second: [2, null],
    other: [1, null],
    asked: [
      [1, null],
      [1, 'ann'],
    ],
  },
  address: {
    own: 'ann',
    foreign: 'ann',
    second: [2, null],
    other: [3, null],
    asked: [
      [1, 'ann'],
      [2, 'ann'],
    ],
  },
  request: {
    own: null,
    foreign: null,
    second: [1, null],
    other: [1, null],
    asked: [
      [1, null],
      [1, null],
    ],
  },
};

describe.each(Object.entries(MODES))('--isolation %s', (mode, expected) => {
  let server: RunningServer;
  const run = async (user: string, script: string): Promise<unknown> =>
    (await server.post('/evaluate', { data: { _arg1: user }, script }, { 'TabPy-User': user })).body;
  const query = async (user: string): Promise<unknown> =>
    ((await server.post('/query/tally', { data: {} }, { 'TabPy-User': user })).body as { response?: unknown }).response;

  beforeAll(async () => {
    server = await startServer({ args: ['--isolation', mode] });
    await run('ann', DEPLOY);
    await run('ann', MARK);
  }, 240_000);
  afterAll(async () => void (await server?.stop()));

  it('keeps of a script what it says', { timeout: 120_000 }, async () => {
    expect(await run('ann', LOOK)).toBe(expected.own);
    expect(await run('bob', LOOK)).toBe(expected.foreign);
  });

  it('keeps a function away from scripts, and from what others called', { timeout: 120_000 }, async () => {
    expect(await query('ann')).toEqual([1, null]);
    expect(await query('ann')).toEqual(expected.second);
    expect(await query('bob')).toEqual(expected.other);
  });

  it('runs a function that a script asks for beside that script, and beside no more than that script may meet', async () => {
    expect(await run('bob', ASK)).toEqual(expected.asked[0]);
    expect(await run('ann', ASK)).toEqual(expected.asked[1]);
  });
});

describe('--isolation shared', () => {
  it('is the way of TabPy: everybody meets everybody', { timeout: 240_000 }, async () => {
    const server = await startServer({ args: ['--isolation', 'shared', '--workers', '1'] });
    try {
      const run = async (user: string, script: string): Promise<unknown> =>
        (await server.post('/evaluate', { data: { _arg1: user }, script }, { 'TabPy-User': user })).body;
      await run('ann', MARK);
      expect(await run('bob', LOOK)).toBe('ann');
    } finally {
      await server.stop();
    }
  });
});
