// Calls as they arrive from a page.

import { describe, expect, it } from 'vitest';
import { replyTo } from '../../src-shared/call-reply.ts';
import { CallError } from '../../src-shared/ipc.ts';
import type { Calls } from '../../src-shared/ipc.ts';

const faults: unknown[] = [];
const reply = (calls: Partial<Calls>, name: unknown, values: unknown) =>
  replyTo(calls as Calls, name, values, (error) => faults.push(error));

describe('a call', () => {
  it('is answered with what the program answers', async () => {
    const calls: Partial<Calls> = { checkPort: (port) => Promise.resolve({ kind: port === 9004 ? 'ours' : 'free' }) };
    expect(await reply(calls, 'checkPort', [9004])).toEqual({ ok: true, answer: { kind: 'ours' } });
  });

  it.each(['no-such-call', 'toString', '__proto__', 7, null])('that does not exist is refused: %j', async (name) => {
    expect(await reply({}, name, [])).toMatchObject({ ok: false, code: 'unknown-call' });
  });

  it.each([[[]], [['9004']], [[70_000]], [[9004, 1]], [null], ['x']])(
    'with arguments that do not fit is refused: %j',
    async (values) => {
      const calls: Partial<Calls> = { checkPort: () => Promise.resolve({ kind: 'free' }) };
      expect(await reply(calls, 'checkPort', values)).toMatchObject({ ok: false, code: 'bad-arguments' });
    },
  );

  it('that the program refuses is answered with its code and words', async () => {
    const calls: Partial<Calls> = { start: () => Promise.reject(new CallError('refused', 'Not now.')) };
    expect(await reply(calls, 'start', [])).toEqual({ ok: false, code: 'refused', message: 'Not now.' });
  });

  it('that fails by a fault of the program is told to the log, not to the page', async () => {
    const fault = new Error('/home/somebody/secret');
    const calls: Partial<Calls> = { start: () => Promise.reject(fault) };
    expect(await reply(calls, 'start', [])).toEqual({
      ok: false,
      code: 'failed',
      message: 'The program could not do this. The log says why.',
    });
    expect(faults).toContain(fault);
  });
});
