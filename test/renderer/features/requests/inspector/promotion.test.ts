// Names for a captured script and what it was sent.

import { describe, expect, it } from 'vitest';
import {
  isPythonName,
  promotionOf,
  suggestedFunction,
  suggestedNames,
} from '../../../../../src-renderer/features/requests/inspector/promotion.ts';
import { NOW, requestDetail, requestRecord } from '../../../support/scenes.ts';

describe('promoting a script', () => {
  it('knows its arguments in their order, each by its first value', () => {
    const detail = requestDetail(requestRecord(1, NOW), 'failed');
    const data = { _arg10: ['z'], _arg2: [null, 1], _arg1: 'one' };
    const promotion = promotionOf({ ...detail, request: { kind: 'kept', text: JSON.stringify({ data, script: '' }) } });
    expect(promotion?.arguments).toEqual([
      { argument: '_arg1', sample: 'one' },
      { argument: '_arg2', sample: 'null' },
      { argument: '_arg10', sample: 'z' },
    ]);
    expect(promotionOf({ ...detail, request: { kind: 'not-kept' } })).toBeNull();
  });

  it('suggests names that are free', () => {
    expect(suggestedNames(4)).toEqual(['x', 'y', 'z', 'value4']);
    expect(suggestedFunction(['calculation', 'calculation2'])).toBe('calculation3');
  });

  it("takes Python's names only", () => {
    expect(['x', '_a1', 'größe'].every(isPythonName)).toBe(true);
    expect(['', '1x', 'a b', 'a-b', 'class', 'None'].some(isPythonName)).toBe(false);
  });
});
