// What is read of a process, whatever it calls itself.

import { describe, expect, it } from 'vitest';
import { factsIn } from '../../../src-main/engines/native/process-facts.ts';

const AFTER_NAME = 'S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 77 18 19 20 1000 22';

describe('factsIn', () => {
  it('reads threads and memory behind a plain name', () => {
    expect(factsIn(`12 (python3) ${AFTER_NAME}`)).toEqual({ threads: 77, residentBytes: 4_096_000, cpuSeconds: 0.23 });
  });

  it('is not misled by a name that looks like figures', () => {
    expect(factsIn(`12 (a) S 1 (1 1) ${AFTER_NAME}`)).toEqual({
      threads: 77,
      residentBytes: 4_096_000,
      cpuSeconds: 0.23,
    });
  });
});
