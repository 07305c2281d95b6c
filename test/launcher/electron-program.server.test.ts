// Electron's program: found when whole, fetched when missing, and not waited for when nothing comes. The installer is a
// small program of the test's own.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  fetchElectron,
  findElectron,
  isWorthFetching,
  lastFailedFetch,
} from '../../src-main/launcher/electron-program.ts';
import type { FetchOptions } from '../../src-main/launcher/electron-program.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

describe('findElectron', () => {
  const packageIn = (dir: string) => ({ dir, version: '45.4.1', distDir: path.join(dir, 'dist') });
  let dir: string;
  beforeEach(() => {
    dir = temporaryFolder();
    mkdirSync(path.join(dir, 'dist'));
    writeFileSync(path.join(dir, 'dist/electron'), '');
    writeFileSync(path.join(dir, 'dist/version'), 'v45.4.1\n');
    writeFileSync(path.join(dir, 'path.txt'), 'electron');
  });

  it('finds what the installer put there', () => {
    expect(findElectron(packageIn(dir))).toBe(path.join(dir, 'dist/electron'));
  });

  it('counts no program of another version', () => {
    writeFileSync(path.join(dir, 'dist/version'), '44.0.0');
    expect(findElectron(packageIn(dir))).toBeNull();
  });

  it('counts no program whose unpacking was cut short', () => {
    expect(findElectron(packageIn(temporaryFolder()))).toBeNull();
  });
});

describe('fetchElectron', () => {
  let folder: string;
  let bytesSeen: number[];
  const fetchWith = (program: string, more: Partial<FetchOptions> = {}): Promise<string | null> => {
    const installer = path.join(folder, 'installer.cjs');
    writeFileSync(installer, `const fs = require('node:fs'); const tmp = require('node:os').tmpdir();\n${program}`);
    return fetchElectron({
      version: '45.4.1',
      installer: [installer],
      workDir: path.join(folder, 'work'),
      distDir: path.join(folder, 'dist'),
      memoryFile: path.join(folder, 'memory.json'),
      progress: (bytes) => bytesSeen.push(bytes),
      ...more,
    });
  };
  beforeEach(() => {
    folder = temporaryFolder();
    bytesSeen = [];
  });

  it('tells how much has arrived, and leaves nothing of its own behind', async () => {
    const program = `
      fs.writeFileSync(tmp + '/electron.zip', 'x'.repeat(1000));
      setInterval(() => fs.existsSync(${JSON.stringify(path.join(folder, 'seen'))}) && process.exit(0), 10);`;
    const progress = (bytes: number): void => {
      bytesSeen.push(bytes);
      writeFileSync(path.join(folder, 'seen'), '');
    };
    expect(await fetchWith(program, { progress })).toBeNull();
    expect(bytesSeen).toEqual([1000]);
    expect(existsSync(path.join(folder, 'work'))).toBe(false);
    expect(lastFailedFetch(path.join(folder, 'memory.json'))).toBeNull();
  });

  it('says what the installer said first, and notes it', async () => {
    const why = await fetchWith(`console.error('TypeError: fetch failed\\n    at somewhere'); process.exit(1);`);
    expect(why).toBe('TypeError: fetch failed');
    expect(lastFailedFetch(path.join(folder, 'memory.json'))).toMatchObject({ version: '45.4.1', why });
  });

  it('does not wait for a fetch that does not begin', async () => {
    const why = await fetchWith('setInterval(() => {}, 1000);', { beginMs: 100 });
    expect(why).toMatch(/^nothing arrived within/);
  });

  it('does not wait for a fetch that stops in the middle', async () => {
    const program = `fs.writeFileSync(tmp + '/electron.zip', 'x'); setInterval(() => {}, 1000);`;
    expect(await fetchWith(program, { stallMs: 100 })).toMatch(/^nothing more arrived for/);
  });

  it('forgets a failure once it succeeds', async () => {
    await fetchWith('process.exit(1);');
    expect(lastFailedFetch(path.join(folder, 'memory.json'))).not.toBeNull();
    await fetchWith('');
    expect(lastFailedFetch(path.join(folder, 'memory.json'))).toBeNull();
  });

  it('reports a folder that it cannot write, instead of failing', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    expect(await fetchWith('', { workDir: path.join(file, 'work') })).toMatch(/ENOTDIR|EEXIST|ENOENT/);
  });
});

describe('isWorthFetching', () => {
  const now = Date.UTC(2026, 10, 24);
  const hour = 3_600_000;
  const failed = (hoursAgo: number) => ({ version: '45.4.1', at: now - hoursAgo * hour, why: 'fetch failed' });

  it('fetches the first time', () => {
    expect(isWorthFetching(null, '45.4.1', now)).toBe(true);
  });

  it('rests for a day after a failure', () => {
    expect(isWorthFetching(failed(23), '45.4.1', now)).toBe(false);
    expect(isWorthFetching(failed(25), '45.4.1', now)).toBe(true);
  });

  it('tries another version at once', () => {
    expect(isWorthFetching(failed(1), '45.5.0', now)).toBe(true);
  });

  it('does not rest for ever when the clock was wrong', () => {
    expect(isWorthFetching(failed(-48), '45.4.1', now)).toBe(true);
  });
});
