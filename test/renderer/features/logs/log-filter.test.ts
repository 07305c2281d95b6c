// What a search finds among lines of the log.

import { describe, expect, it } from 'vitest';
import { foundEntries } from '../../../../src-renderer/features/logs/log-filter.ts';
import { NOW } from '../../support/scenes.ts';

describe('a search of the log', () => {
  const entries = (['debug', 'info', 'warn', 'error'] as const).map((level, id) => ({
    id,
    at: NOW,
    level,
    text: `Line ${level}`,
  }));

  it('finds what is at least as bad as the level', () => {
    expect(foundEntries(entries, 'warn', '').map(({ level }) => level)).toEqual(['warn', 'error']);
    expect(foundEntries(entries, 'all', '')).toHaveLength(4);
  });

  it('wants every word, whatever the case', () => {
    expect(foundEntries(entries, 'all', 'ERROR line')).toHaveLength(1);
  });
});
