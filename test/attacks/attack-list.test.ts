import { describe, expect, it } from 'vitest';
import { allAttacks, studyAttacks } from './attack-list.ts';

describe('the attacks', () => {
  it('are all there', () => {
    expect(studyAttacks.length).toBeGreaterThanOrEqual(105);
    expect(allAttacks.length - studyAttacks.length).toBeGreaterThanOrEqual(156);
  });

  it('have a name of their own, a script, and what their success looks like', () => {
    expect(new Set(allAttacks.map(({ name }) => name)).size).toBe(allAttacks.length);
    for (const { name, python, success } of allAttacks) {
      expect(name).toMatch(/^\w+$/);
      expect(python).not.toBe('');
      expect(success.kind).not.toBe('');
    }
  });
});
