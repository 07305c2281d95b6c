import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFunctionFiles } from '../../../src-main/functions/store/files.ts';
import type { FunctionRecord } from '../../../src-main/functions/function-record.ts';
import { folderOf } from '../../../src-shared/function-name.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { deployment, NOW, openFolder } from '../support/deployment.ts';

const silent = { warn: () => undefined };

/** A folder with `add` (versions 1 and 2) and `sub`. */
async function folderWithTwo(): Promise<string> {
  const dir = temporaryFolder();
  const { registry } = await openFolder(dir);
  await registry.deploy(deployment('add'), false);
  await registry.deploy(deployment('add', { pickle: Buffer.from('second') }), true);
  await registry.deploy(deployment('sub'), false);
  return dir;
}

async function shownIn(dir: string) {
  const { registry, warnings } = await openFolder(dir);
  const shown = Object.fromEntries(
    [...registry.snapshot().endpoints.values()].map(({ name, version, status }) => [name, `${version} ${status}`]),
  );
  return { shown, warnings, registry };
}

describe('a damaged function', () => {
  it.each([
    '{"format": 1, "endp',
    '',
    'null',
    '[]',
    '{"format": 2}',
    '{"format":1,"endpoint":{"name":"sub"},"versions":[]}',
  ])('whose record says %j is shown as failed while the others load', async (text) => {
    const dir = await folderWithTwo();
    writeFileSync(path.join(dir, 'add/endpoint.json'), text);
    const { shown, warnings } = await shownIn(dir);
    expect(shown).toEqual({ add: '2 LoadFailed', sub: '1 LoadSuccessful' });
    expect(warnings).toEqual([expect.stringContaining("Function 'add' is damaged")]);
  });

  it('has its record set aside, and is shown so after every further start', async () => {
    const dir = await folderWithTwo();
    writeFileSync(path.join(dir, 'add/endpoint.json'), 'torn');
    await openFolder(dir);
    const aside = readdirSync(path.join(dir, 'add')).filter((name) => name.startsWith('endpoint.json'));
    expect(aside).toEqual([expect.stringMatching(/^endpoint\.json\.damaged-\d+$/)]);
    expect(readFileSync(path.join(dir, 'add', aside[0]!), 'utf8')).toBe('torn');
    expect((await shownIn(dir)).shown).toEqual({ add: '2 LoadFailed', sub: '1 LoadSuccessful' });
  });

  it('whose record cannot be read is left as it is', async () => {
    const dir = await folderWithTwo();
    const file = path.join(dir, 'add/endpoint.json');
    rmSync(file);
    mkdirSync(file);
    expect((await shownIn(dir)).shown).toEqual({ add: '2 LoadFailed', sub: '1 LoadSuccessful' });
    expect(readdirSync(path.join(dir, 'add'))).toEqual(['endpoint.json', 'versions']);
  });

  it('can be deployed again, as a version of its own', async () => {
    const dir = await folderWithTwo();
    writeFileSync(path.join(dir, 'add/endpoint.json'), 'torn');
    const { registry } = await openFolder(dir);
    expect(await registry.deploy(deployment('add'), true)).toMatchObject({
      version: 3,
      status: 'LoadSuccessful',
      creationTime: NOW,
    });
    expect((await shownIn(dir)).shown['add']).toBe('3 LoadSuccessful');
  });

  it('can be removed', async () => {
    const dir = await folderWithTwo();
    writeFileSync(path.join(dir, 'add/endpoint.json'), 'torn');
    const { registry } = await openFolder(dir);
    await registry.remove('add');
    expect((await shownIn(dir)).shown).toEqual({ sub: '1 LoadSuccessful' });
  });

  it.each([
    ['changed', (file: string) => writeFileSync(file, 'something else')],
    ['cut short', (file: string) => writeFileSync(file, 'sec')],
    ['gone', (file: string) => rmSync(file)],
  ])('whose pickle is %s is shown as failed with what to do', async (_, damage) => {
    const dir = await folderWithTwo();
    damage(path.join(dir, 'add/versions/2/pickle_archive'));
    const { shown, registry } = await shownIn(dir);
    expect(shown).toEqual({ add: '2 LoadFailed', sub: '1 LoadSuccessful' });
    expect(registry.snapshot().endpoints.get('add')?.lastError).toBe(
      'Version 2 of this function is damaged on disk. Deploy the function again, or roll back to an older version.',
    );
  });

  it('in an older version is not noticed, for it is not served', async () => {
    const dir = await folderWithTwo();
    writeFileSync(path.join(dir, 'add/versions/1/pickle_archive'), 'something else');
    expect((await shownIn(dir)).shown['add']).toBe('2 LoadSuccessful');
  });
});

describe('a record that an older program let grow', () => {
  it('is served without what was too long, and is small after the next deployment', async () => {
    const dir = temporaryFolder();
    const { registry } = await openFolder(dir);
    await registry.deploy(deployment('add'), false);
    const file = path.join(dir, 'add', 'endpoint.json');
    const record = JSON.parse(readFileSync(file, 'utf8')) as FunctionRecord;
    const [version] = record.versions;
    const grown = { ...version!, libraries: { numpy: 'x'.repeat(3_800_000) }, notes: ['n'.repeat(3_800_000)] };
    writeFileSync(file, JSON.stringify({ ...record, versions: [grown] }));
    const { registry: again } = await openFolder(dir);
    expect(again.snapshot().endpoints.get('add')?.status).toBe('LoadSuccessful');
    expect(JSON.stringify(again.versions('add')).length).toBeLessThan(2_000);
    await again.update('add', { description: 'new' });
    expect(statSync(file).size).toBeLessThan(4_000);
  });

  it('is set aside unread when it is larger than any record, and the others are served', async () => {
    const dir = temporaryFolder();
    const { registry } = await openFolder(dir);
    for (const name of ['add', 'sub']) await registry.deploy(deployment(name), false);
    truncateSync(path.join(dir, 'add', 'endpoint.json'), 17_000_000);
    const { registry: again, warnings } = await openFolder(dir);
    expect([...again.snapshot().endpoints.values()].map(({ name, status }) => [name, status])).toEqual([
      ['add', 'LoadFailed'],
      ['sub', 'LoadSuccessful'],
    ]);
    expect(warnings[0]).toContain('it is larger than 16 MB');
    expect(readdirSync(path.join(dir, 'add')).some((name) => name.startsWith('endpoint.json.damaged-'))).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('does not wait for a pipe in its place', async () => {
    const dir = temporaryFolder();
    const { registry } = await openFolder(dir);
    await registry.deploy(deployment('add'), false);
    for (const file of ['endpoint.json', 'versions/1/pickle_archive']) {
      const at = path.join(dir, 'add', file);
      rmSync(at);
      execFileSync('mkfifo', [at]);
    }
    const { registry: again } = await openFolder(dir);
    expect(again.snapshot().endpoints.get('add')?.status).toBe('LoadFailed');
    expect(await again.readPickle('add', 1)).toBeNull();
  });
});

describe('a crash', () => {
  const record = { deployedAt: NOW, libraries: {} };

  it('between a new version and its record leaves the version before', async () => {
    const dir = await folderWithTwo();
    const { files } = await openFolder(dir);
    await files.writeVersion('add', { record: { ...record, version: 3 }, pickle: Buffer.from('third'), source: null });
    const { shown, warnings, registry } = await shownIn(dir);
    expect(shown['add']).toBe('2 LoadSuccessful');
    expect(warnings).toEqual([]);
    expect((await registry.deploy(deployment('add'), true)).version).toBe(3);
    expect((await registry.readPickle('add', 3))?.toString()).toBe('pickle of add');
  });

  it('between the same version again and its record leaves the pickle before', async () => {
    const dir = await folderWithTwo();
    const { files } = await openFolder(dir);
    await files.writeVersion('add', { record: { ...record, version: 2 }, pickle: Buffer.from('other'), source: null });
    const { shown, registry } = await shownIn(dir);
    expect(shown['add']).toBe('2 LoadSuccessful');
    expect((await registry.readPickle('add', 2))?.toString()).toBe('second');
  });

  it('after the old pickle was moved away and before the new one came leaves the old one', async () => {
    const dir = await folderWithTwo();
    const versions = path.join(dir, 'add/versions');
    renameSync(path.join(versions, '2'), path.join(versions, '.replaced-2'));
    expect((await shownIn(dir)).shown['add']).toBe('2 LoadSuccessful');
    expect(readdirSync(versions)).toEqual(['1', '2']);
  });

  it('in the first deployment of a function leaves no function', async () => {
    const dir = await folderWithTwo();
    const { files } = await openFolder(dir);
    await files.writeVersion('new', { record: { ...record, version: 1 }, pickle: Buffer.from('n'), source: null });
    const { shown, warnings, registry } = await shownIn(dir);
    expect(Object.keys(shown).toSorted()).toEqual(['add', 'sub']);
    expect(warnings).toEqual([]);
    expect((await registry.deploy(deployment('new'), false)).version).toBe(1);
  });

  it('leaves no half versions behind for good', async () => {
    const dir = await folderWithTwo();
    mkdirSync(path.join(dir, 'add/versions/.partial-3-1-1'));
    await openFolder(dir);
    expect(readdirSync(path.join(dir, 'add/versions'))).toEqual(['1', '2']);
  });

  it('in a removal is finished by the next start', async () => {
    const dir = await folderWithTwo();
    renameSync(path.join(dir, 'add'), path.join(dir, '.removed-add-1'));
    expect((await shownIn(dir)).shown).toEqual({ sub: '1 LoadSuccessful' });
    expect(readdirSync(dir)).toEqual(['sub']);
  });
});

describe('the folder of functions', () => {
  it('passes over what is not a function', async () => {
    const dir = await folderWithTwo();
    mkdirSync(path.join(dir, 'Not A Function'));
    mkdirSync(path.join(dir, 'empty'));
    writeFileSync(path.join(dir, 'notes'), '');
    const { shown, warnings } = await shownIn(dir);
    expect(Object.keys(shown).toSorted()).toEqual(['add', 'sub']);
    expect(warnings).toEqual([]);
  });

  it('that is a file is refused with its path', async () => {
    const file = path.join(temporaryFolder(), 'endpoints');
    writeFileSync(file, '');
    await expect(openFunctionFiles({ dir: file, log: silent })).rejects.toThrow(file);
    await expect(openFunctionFiles({ dir: path.join(file, 'below'), log: silent })).rejects.toThrow(file);
  });

  it('takes the longest names that are allowed', async () => {
    const dir = temporaryFolder();
    const { registry } = await openFolder(dir);
    for (const name of ['x'.repeat(128), 'X'.repeat(73)]) {
      await registry.deploy(deployment(name, { source: null }), false);
      expect(readdirSync(dir)).toContain(folderOf(name));
      await registry.remove(name);
    }
    expect(readdirSync(dir)).toEqual([]);
  });

  it('keeps a function whole when a version cannot be written', async () => {
    const dir = await folderWithTwo();
    // A file where the folder of versions should be: the only fault that also stops an administrator.
    renameSync(path.join(dir, 'sub/versions'), path.join(dir, 'sub/kept'));
    writeFileSync(path.join(dir, 'sub/versions'), '');
    const { registry } = await openFolder(dir);
    await expect(registry.deploy(deployment('sub'), true)).rejects.toThrow(/EEXIST|ENOTDIR/);
    expect(registry.snapshot().endpoints.get('sub')?.version).toBe(1);
  });
});
