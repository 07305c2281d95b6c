// The time of the last look for updates.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lastLookIn } from '../../src-main/shell/update-file.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

describe('lastLookIn', () => {
  const warnings: string[] = [];
  const warn = (text: string): void => void warnings.push(text);

  it('is what was kept', () => {
    const file = path.join(temporaryFolder(), 'update-look');
    expect(lastLookIn(file, warn).read()).toBeNull();
    lastLookIn(file, warn).keep(123);
    expect(lastLookIn(file, warn).read()).toBe(123);
  });

  it('is never, where the file holds something else', () => {
    const file = path.join(temporaryFolder(), 'update-look');
    writeFileSync(file, 'soon');
    expect(lastLookIn(file, warn).read()).toBeNull();
  });

  it('warns where it cannot be kept, and goes on', () => {
    lastLookIn(path.join(temporaryFolder(), 'no/folder'), warn).keep(123);
    expect(warnings).toHaveLength(1);
  });
});
