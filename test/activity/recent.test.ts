import { expect, it } from 'vitest';
import { createRecent } from '../../src-main/activity/recent.ts';

it('keeps the latest, the oldest first, and forgets on demand', () => {
  const recent = createRecent<number>(3);
  for (let count = 1; count <= 20; count += 1) recent.add(count);
  expect(recent.all()).toEqual([18, 19, 20]);
  recent.clear();
  expect(recent.all()).toEqual([]);
});
