import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLogFile } from '../../src-main/activity/log-file.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const ROOMY = { maxBytes: 5_000_000, kept: 3 };

const read = (folder: string, name: string): string => readFileSync(path.join(folder, name), 'utf8');

describe('the log file', () => {
  it('goes on after there was nothing to write', async () => {
    const folder = temporaryFolder();
    const file = createLogFile({ folder, limits: () => ({ maxBytes: 1_000, kept: 1 }) });
    file.write('a\n');
    await file.flush();
    await file.flush();
    file.write('b\n');
    await file.flush();
    expect(readFileSync(file.path, 'utf8')).toBe('a\nb\n');
  });

  it('keeps lines in order, and those of an earlier start', async () => {
    const folder = temporaryFolder();
    for (const start of ['first', 'second']) {
      const file = createLogFile({ folder, limits: () => ROOMY });
      file.write(`${start} a\n`);
      file.write(`${start} b\n`);
      await file.flush();
    }
    expect(read(folder, 'tabpy-tray.log')).toBe('first a\nfirst b\nsecond a\nsecond b\n');
  });

  it('is moved aside when it is large, and the oldest goes', async () => {
    const folder = temporaryFolder();
    const file = createLogFile({ folder, limits: () => ({ maxBytes: 10, kept: 2 }) });
    for (const text of ['one 45678\n', 'two 45678\n', 'three 678\n', 'four 5678\n']) {
      file.write(text);
      await file.flush();
    }
    expect(readdirSync(folder).toSorted()).toEqual(['tabpy-tray.1.log', 'tabpy-tray.2.log', 'tabpy-tray.log']);
    expect(read(folder, 'tabpy-tray.log')).toBe('four 5678\n');
    expect(read(folder, 'tabpy-tray.2.log')).toBe('two 45678\n');
  });

  it('keeps fewer older ones as soon as fewer are wanted', async () => {
    const folder = temporaryFolder();
    let kept = 3;
    const file = createLogFile({ folder, limits: () => ({ maxBytes: 10, kept }) });
    for (const text of ['one 45678\n', 'two 45678\n', 'three 678\n', 'four 5678\n', 'five 5678\n']) {
      file.write(text);
      await file.flush();
      if (text.startsWith('four')) kept = 1;
    }
    expect(readdirSync(folder).toSorted()).toEqual(['tabpy-tray.1.log', 'tabpy-tray.log']);
    expect(read(folder, 'tabpy-tray.1.log')).toBe('four 5678\n');
  });

  it('loses neither lines nor older files while it cannot be moved aside, as when Windows lets somebody read it', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'tabpy-tray.1.log'), 'older');
    writeFileSync(path.join(folder, 'tabpy-tray.2.log'), 'oldest');
    // Stands in the way of the first move.
    mkdirSync(path.join(folder, 'tabpy-tray.0.log'));
    const troubles: (string | null)[] = [];
    const file = createLogFile({
      folder,
      limits: () => ({ maxBytes: 10, kept: 2 }),
      onTrouble: (why) => void troubles.push(why === null ? null : 'trouble'),
    });
    const lines = ['one 45678\n', 'two 45678\n', 'three 678\n', 'four 5678\n'];
    for (const text of lines) {
      file.write(text);
      await file.flush();
    }
    expect(read(folder, 'tabpy-tray.log')).toBe(lines.join(''));
    expect(read(folder, 'tabpy-tray.1.log')).toBe('older');
    expect(read(folder, 'tabpy-tray.2.log')).toBe('oldest');
    expect(troubles).toEqual(['trouble']);
    rmSync(path.join(folder, 'tabpy-tray.0.log'), { recursive: true });
    file.write('five 5678\n');
    await file.flush();
    expect(read(folder, 'tabpy-tray.1.log')).toBe(lines.join(''));
    expect(read(folder, 'tabpy-tray.2.log')).toBe('older');
    expect(troubles).toEqual(['trouble', null]);
  });

  it('loses no lines while an older file is in the way', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'tabpy-tray.1.log/x'), { recursive: true });
    const file = createLogFile({ folder, limits: () => ({ maxBytes: 10, kept: 1 }) });
    const lines = ['one 45678\n', 'two 45678\n', 'three 678\n'];
    for (const text of lines) {
      file.write(text);
      await file.flush();
    }
    expect(read(folder, 'tabpy-tray.log')).toBe(lines.join(''));
  });

  it('says once that it cannot be written, and once that it can again', async () => {
    const folder = path.join(temporaryFolder(), 'log');
    writeFileSync(folder, 'a file where the folder should be');
    const troubles: (string | null)[] = [];
    const file = createLogFile({
      folder,
      limits: () => ROOMY,
      onTrouble: (why) => void troubles.push(why === null ? null : 'trouble'),
    });
    for (const text of ['lost\n', 'lost too\n']) {
      file.write(text);
      await file.flush();
    }
    rmSync(folder);
    mkdirSync(folder);
    chmodSync(folder, 0o700);
    file.write('kept\n');
    await file.flush();
    expect(troubles).toEqual(['trouble', null]);
    expect(read(folder, 'tabpy-tray.log')).toBe('kept\n');
  });
});
