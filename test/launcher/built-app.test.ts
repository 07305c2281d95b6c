// When the bundle must be built again.

import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { isStale } from '../../src-main/launcher/built-app.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

describe('isStale', () => {
  let root: string;
  const put = (file: string, seconds: number): void => {
    const target = path.join(root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, '');
    utimesSync(target, seconds, seconds);
    for (let dir = path.dirname(target); dir !== root; dir = path.dirname(dir)) utimesSync(dir, seconds, seconds);
  };
  beforeEach(() => {
    root = temporaryFolder();
    put('src-main/shell/tray.ts', 100);
    for (const file of ['main/main.js', 'preload/preload.cjs', 'renderer/index.html']) put(`out/${file}`, 200);
  });

  it('is content with a bundle younger than every source', () => {
    expect(isStale(root)).toBe(false);
  });

  it('sees a changed source, however deep', () => {
    put('src-renderer/features/home/home.tsx', 300);
    expect(isStale(root)).toBe(true);
  });

  it('sees a build that was cut short', () => {
    rmSync(path.join(root, 'out/renderer/index.html'));
    expect(isStale(root)).toBe(true);
  });

  it('sees a source that is gone', () => {
    rmSync(path.join(root, 'src-main/shell/tray.ts'));
    expect(isStale(root)).toBe(true);
  });
});
