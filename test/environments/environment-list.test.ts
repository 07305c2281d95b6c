// The list of environments on disk.

import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnvironments, writeEnvironments } from '../../src-main/environments/environment-list.ts';
import type { ListedEnvironment } from '../../src-main/environments/environment-list.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const LAB: ListedEnvironment = {
  name: 'lab',
  kind: 'existing',
  python: '/lab/bin/python',
  version: '3.12.4',
  prefix: '/lab',
  basePrefix: '/usr',
  packages: [{ name: 'six', version: '1.17.0' }],
  note: null,
  folder: null,
};

describe('the list of environments', () => {
  it('is empty at first, and comes back as it was written', async () => {
    const folder = temporaryFolder();
    const warn = (text: string) => expect.unreachable(text);
    expect(await readEnvironments(folder, warn)).toEqual([]);
    await writeEnvironments(folder, [LAB]);
    expect(await readEnvironments(folder, warn)).toEqual([LAB]);
  });

  it.each([
    ['half a file', '{"format": 1, "environ'],
    ['another format', '{"format": 9, "environments": []}'],
    ['a folder that leads elsewhere', JSON.stringify({ format: 1, environments: [{ ...LAB, folder: '../..' }] })],
    ['a name that is none', JSON.stringify({ format: 1, environments: [{ ...LAB, name: '../x' }] })],
  ])('is set aside and told of when it is damaged: %s', async (_what, content) => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'environments.json'), content);
    const told: string[] = [];
    expect(await readEnvironments(folder, (text) => void told.push(text))).toEqual([]);
    expect(told).toEqual([expect.stringMatching(/was damaged and was renamed to .*environments\.json\.damaged-\d+/)]);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^environments\.json\.damaged-\d+$/)]);
  });
});
