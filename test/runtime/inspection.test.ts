import { describe, expect, it } from 'vitest';
import { inspectPickle } from '../../src-main/runtime/inspection.ts';
import type { ReplyMeta } from '../../src-main/runtime/messages.ts';

const look = (meta: Partial<ReplyMeta>) =>
  inspectPickle({
    pickle: Buffer.from('pickle'),
    readSource: null,
    inspect: () =>
      Promise.resolve({ kind: 'answered', meta: { status: 200, bodyBytes: 0, ...meta }, body: Buffer.alloc(0) }),
    rebuild: () => Promise.reject(new Error('nothing is rebuilt')),
  });

describe('what an interpreter says of a pickle', () => {
  it('is kept as it is where it is short', async () => {
    expect(await look({ notes: ['Tree: another version.'] })).toMatchObject({ notes: ['Tree: another version.'] });
    expect(await look({ status: 500, error: { type: 'E', text: 'why', line: null, traceback: null } })).toMatchObject({
      error: 'why',
    });
  });

  it('is cut where it is long, and says so: the log has a line for each note', async () => {
    const found = await look({ notes: Array.from({ length: 300_000 }, () => '') });
    expect(found).toMatchObject({ notes: expect.objectContaining({ length: 21, 20: 'And 299980 more notes.' }) });
    const text = 'e'.repeat(3_900_000);
    const failed = await look({ status: 500, error: { type: 'E', text, line: null, traceback: null } });
    expect('error' in failed && failed.error).toMatch(/^e{4000}… \(3896000 more characters were cut\)$/);
  });
});
