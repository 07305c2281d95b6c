// The picture in the tray: a file for each shape, on each platform.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { trayIconFor } from '../../src-main/shell/tray-icon.ts';

const ICONS = path.resolve(import.meta.dirname, '../../assets/tray');
const SHAPES = ['outline', 'outline-dot', 'solid', 'solid-dot', 'alert'] as const;

describe('the picture in the tray', () => {
  it('is a template image on macOS, and suits a light or dark bar elsewhere', () => {
    expect(trayIconFor('solid', 'darwin', true)).toBe('runningTemplate.png');
    expect(trayIconFor('solid', 'win32', true)).toBe('running-dark.ico');
    expect(trayIconFor('alert', 'linux', false)).toBe('attention-light-24.png');
  });

  it.each(['darwin', 'win32', 'linux'] as const)('is there for every shape on %s, and differs', (platform) => {
    for (const isDark of [true, false]) {
      const files = SHAPES.map((shape) => trayIconFor(shape, platform, isDark));
      expect(new Set(files).size).toBe(SHAPES.length);
      expect(files.filter((file) => !existsSync(path.join(ICONS, file)))).toEqual([]);
    }
  });
});
