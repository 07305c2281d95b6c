// What a zygote says is checked, because packages run in it.

import { describe, expect, it } from 'vitest';
import { eventIn } from '../../../src-main/engines/native/zygote-events.ts';

describe('eventIn', () => {
  it('reads how an interpreter ended', () => {
    expect(eventIn('{"event":"ended","id":3,"code":1}')).toEqual({ event: 'ended', id: 3, code: 1, signal: null });
    expect(eventIn('{"event":"ended","id":3,"signal":"SIGSEGV"}')).toEqual({
      event: 'ended',
      id: 3,
      code: null,
      signal: 'SIGSEGV',
    });
  });

  it.each(['', 'numpy is loading', '[]', 'null', '{"event":"started","id":"x","pid":1}', '{"event":"other"}'])(
    'ignores what is no event: %s',
    (line) => {
      expect(eventIn(line)).toBeNull();
    },
  );
});
