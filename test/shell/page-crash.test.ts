// What becomes of a page whose process ended.

import { describe, expect, it } from 'vitest';
import { afterCrash } from '../../src-main/shell/page-crash.ts';

describe('a crashed page', () => {
  it('is loaded again soon, then later and later', () => {
    expect(afterCrash('crashed', [0], 0)).toEqual({ kind: 'reload', afterMs: 500 });
    expect(afterCrash('oom', [0, 1000], 1000)).toEqual({ kind: 'reload', afterMs: 1000 });
    expect(afterCrash('killed', [0, 1000, 3000, 6000, 12_000], 12_000)).toEqual({ kind: 'reload', afterMs: 8000 });
  });

  it('is left alone after the sixth crash within two minutes', () => {
    expect(afterCrash('crashed', [0, 1000, 3000, 6000, 12_000, 24_000], 24_000)).toEqual({ kind: 'give-up' });
  });

  it('starts afresh when it was well for two minutes', () => {
    expect(afterCrash('crashed', [0, 1000, 3000, 6000, 12_000, 200_000], 200_000)).toEqual({
      kind: 'reload',
      afterMs: 500,
    });
  });

  it('is no crash when it ended in order', () => {
    expect(afterCrash('clean-exit', [0], 0)).toEqual({ kind: 'ignore' });
  });
});
