// What the user is told when the window is closed for the first time.

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstCloseText } from '../../src-main/shell/first-close.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

describe('closing the window', () => {
  it('is explained once', () => {
    const file = path.join(temporaryFolder(), 'closed-once');
    expect(firstCloseText(file, 'linux')?.title).toBe('TabPy Tray is still running');
    expect(firstCloseText(file, 'linux')).toBeNull();
  });

  it.each([
    ['win32', 'drag the icon onto the taskbar'],
    ['darwin', 'in the menu bar'],
    ['linux', 'in the tray'],
  ] as const)('says where the icon is on %s', (platform, words) => {
    expect(firstCloseText(path.join(temporaryFolder(), 'closed-once'), platform)?.body).toContain(words);
  });

  it('fails with the reason where it cannot be noted', () => {
    expect(() => firstCloseText(path.join(temporaryFolder(), 'no', 'folder'), 'linux')).toThrow('ENOENT');
  });
});
