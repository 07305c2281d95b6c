import { describe, expect, it } from 'vitest';
import { checkedReply } from '../../src-main/runtime/checked-reply.ts';

const removal = { kind: 'remove', name: 'f' };
const wanted = { file: 'f.py', name: 'f', qualified_name: null, line: 1, looks: '', with_small_numbers: false };
const reply = (more: object) => checkedReply({ status: 200, bodyBytes: 0, ...more }, 0);

describe('the head of an answer', () => {
  it('may change functions two thousand times, and no more', () => {
    expect(reply({ changes: Array.from({ length: 2_000 }, () => removal) })?.changes).toHaveLength(2_000);
    expect(reply({ changes: Array.from({ length: 2_001 }, () => removal) })).toBeNull();
  });

  it('may look for a thousand functions, and no more', () => {
    expect(reply({ missing: Array.from({ length: 1_000 }, () => wanted) })?.missing).toHaveLength(1_000);
    expect(reply({ missing: Array.from({ length: 1_001 }, () => wanted) })).toBeNull();
    const rebuilt = Array.from({ length: 1_001 }, () => ({ wanted, code: '', source: '' }));
    expect(reply({ rebuilt })).toBeNull();
  });

  it('may carry four pictures of a megabyte, which are part of its body', () => {
    const withPictures = (pictures: readonly number[], bodyBytes: number) =>
      checkedReply({ status: 200, bodyBytes, pictures }, bodyBytes);
    expect(withPictures([1_000_000, 0], 1_000_002)?.pictures).toEqual([1_000_000, 0]);
    expect(withPictures([1, 1, 1, 1, 1], 10)).toBeNull();
    expect(withPictures([1_000_001], 2_000_000)).toBeNull();
    expect(withPictures([6, 5], 10)).toBeNull();
    expect(withPictures([-1, 5], 10)).toBeNull();
  });

  it.each(['changes', 'missing', 'rebuilt', 'pictures'])(
    'is none when its %s are empty entries without end',
    (field) => {
      expect(reply({ [field]: Array.from({ length: 700_000 }, () => []) })).toBeNull();
    },
  );
});
