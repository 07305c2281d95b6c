// What is read of files that somebody else named or put there, and what is refused before it is read.

import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRegularFile, readRegularFileSync } from '../../src-main/disk/regular-file.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const ways = [
  ['later', (file: string) => readRegularFile(file, 1_000)],
  ['at once', async (file: string) => readRegularFileSync(file, 1_000)],
] as const;

describe.each(ways)('a file that is read %s', (_when, read) => {
  it('comes whole, also by way of a link', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'a'), 'content');
    symlinkSync('a', path.join(folder, 'b'));
    expect((await read(path.join(folder, 'a'))).toString()).toBe('content');
    expect((await read(path.join(folder, 'b'))).toString()).toBe('content');
  });

  it('is refused when it is larger than it may be', async () => {
    const file = path.join(temporaryFolder(), 'large');
    writeFileSync(file, '');
    truncateSync(file, 1_900_000_000);
    await expect(read(file)).rejects.toThrow('it is larger than 1 kB');
  });

  it('is refused when it is a folder, and Node says that it is not there', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'sub'));
    await expect(read(path.join(folder, 'sub'))).rejects.toThrow('it is not a regular file');
    await expect(read(path.join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.skipIf(process.platform === 'win32')('is refused at once when it is a pipe or a device', async () => {
    const pipe = path.join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    await expect(read(pipe)).rejects.toThrow('it is not a regular file');
    await expect(read('/dev/zero')).rejects.toThrow('it is not a regular file');
  });
});

it.skipIf(process.platform === 'win32')('many pipes at once keep no other file from being read', async () => {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'a'), 'content');
  const pipes = Array.from({ length: 20 }, (_, one) => path.join(folder, `pipe${one}`));
  execFileSync('mkfifo', pipes);
  const refused = await Promise.allSettled(pipes.map((pipe) => readRegularFile(pipe, 1_000)));
  expect(refused.every(({ status }) => status === 'rejected')).toBe(true);
  expect((await readRegularFile(path.join(folder, 'a'), 1_000)).toString()).toBe('content');
});
