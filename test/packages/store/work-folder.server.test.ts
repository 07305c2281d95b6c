import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWorkFolder, partOf } from '../../../src-main/packages/store/work-folder.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

/** The id of a process that has just ended. */
function endedProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

/** A folder as a fill of this process leaves it when it is killed. */
function folderOfFill(parent: string, pid: number, { part }: { part: string }): string {
  const dir = path.join(parent, `${pid}-0f9d`);
  mkdirSync(path.join(dir, 'pip/temporary'), { recursive: true });
  writeFileSync(path.join(dir, 'half.whl'), 'half');
  writeFileSync(partOf(dir, part), 'a beginning');
  return dir;
}

const SHA = 'ab'.repeat(32);

describe('the folder of a fill', () => {
  it('is gone when the fill ends without a broken-off download', async () => {
    const parent = temporaryFolder();
    const work = await openWorkFolder(parent);
    writeFileSync(path.join(work.dir, 'a.whl'), '');
    await work.close();
    expect(readdirSync(parent)).toEqual([]);
  });

  it('hands broken-off downloads on to the next fill', async () => {
    const parent = temporaryFolder();
    const first = await openWorkFolder(parent);
    writeFileSync(partOf(first.dir, SHA), 'a beginning');
    writeFileSync(path.join(first.dir, 'a.whl'), '');
    await first.close();
    const second = await openWorkFolder(parent);
    expect(readdirSync(second.dir)).toEqual([path.basename(partOf(second.dir, SHA))]);
    expect(readdirSync(parent)).toHaveLength(1);
  });

  it('of a fill that was killed is cleared by the next one, which goes on with its downloads', async () => {
    const parent = temporaryFolder();
    const left = folderOfFill(parent, endedProcess(), { part: SHA });
    const work = await openWorkFolder(parent);
    expect(existsSync(left)).toBe(false);
    expect(readdirSync(work.dir)).toEqual([path.basename(partOf(work.dir, SHA))]);
  });

  it('of a fill that runs now is left alone', async () => {
    const parent = temporaryFolder();
    const running = folderOfFill(parent, process.ppid, { part: SHA });
    const mine = await openWorkFolder(parent);
    const other = await openWorkFolder(parent);
    expect(existsSync(path.join(running, 'half.whl'))).toBe(true);
    expect(existsSync(mine.dir)).toBe(true);
    expect(readdirSync(other.dir)).toEqual([]);
  });

  it('that is a day old is cleared even when its process id belongs to a program that runs', async () => {
    const parent = temporaryFolder();
    const old = folderOfFill(parent, process.ppid, { part: SHA });
    const twoDaysAgo = Date.now() / 1000 - 2 * 86_400;
    utimesSync(old, twoDaysAgo, twoDaysAgo);
    await openWorkFolder(parent);
    expect(existsSync(old)).toBe(false);
  });

  it('leaves alone what is not of a fill', async () => {
    const parent = temporaryFolder();
    writeFileSync(path.join(parent, 'notes.txt'), '');
    await openWorkFolder(parent);
    expect(readdirSync(parent)).toContain('notes.txt');
  });

  it('that ended is taken over by one of two fills that start at once', async () => {
    const parent = temporaryFolder();
    folderOfFill(parent, endedProcess(), { part: SHA });
    const both = await Promise.all([openWorkFolder(parent), openWorkFolder(parent)]);
    expect(both.flatMap((work) => readdirSync(work.dir))).toEqual([path.basename(partOf('', SHA))]);
  });
});
