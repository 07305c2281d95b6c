// The list of added packages on disk.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLock, writeLock } from '../../../src-main/packages/added/added-lock.ts';
import type { LockedPackage } from '../../../src-main/packages/added/added-lock.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

const seaglass: LockedPackage = {
  name: 'seaglass',
  version: '1.0',
  fileName: 'seaglass-1.0-py3-none-any.whl',
  sha256: 'a'.repeat(64),
  bytes: 12,
  source: 'index',
  asked: 'seaglass',
  neededBy: [],
  modules: ['seaglass'],
  fault: null,
};

describe('the list of added packages', () => {
  it('is empty in a new folder, and afterwards what was written', async () => {
    const dir = temporaryFolder();
    const warnings: string[] = [];
    expect(await readLock(dir, (text) => warnings.push(text))).toEqual([]);
    await writeLock(dir, [seaglass]);
    expect(await readLock(dir, (text) => warnings.push(text))).toEqual([seaglass]);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['half a file', '{"format": 1, "packages": [{"na'],
    [
      'a file name that leads elsewhere',
      JSON.stringify({ format: 1, packages: [{ ...seaglass, fileName: '../../x.whl' }] }),
    ],
    ['another format', JSON.stringify({ format: 2, packages: [] })],
  ])('is set aside when it is damaged (%s), and that is told', async (_what, content) => {
    const dir = temporaryFolder();
    const warnings: string[] = [];
    writeFileSync(path.join(dir, 'packages.json'), content);
    expect(await readLock(dir, (text) => warnings.push(text))).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('was damaged and was renamed')]);
    const [aside] = readdirSync(dir);
    expect(readFileSync(path.join(dir, aside!), 'utf8')).toBe(content);
  });
});
