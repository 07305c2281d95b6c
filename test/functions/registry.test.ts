import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src-shared/refusal.ts';
import type { FunctionFiles } from '../../src-main/functions/store/files.ts';
import type { Registry } from '../../src-main/functions/registry.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { deployment, NOW, openFolder, filesWith } from './support/deployment.ts';

const endpointOf = (registry: Registry, name: string) => registry.snapshot().endpoints.get(name);
const namesOf = (endpoints: readonly { readonly name: string }[]): readonly string[] =>
  endpoints.map(({ name }) => name);

describe('deploying', () => {
  it('makes version 1 of a new function', async () => {
    const { registry } = await openFolder(temporaryFolder());
    const endpoint = await registry.deploy(deployment('add', { schema: { type: 'x' }, isPublic: true }), false);
    expect(endpoint).toEqual({
      name: 'add',
      type: 'model',
      version: 1,
      description: 'what add does',
      docstring: 'doc',
      schema: { type: 'x' },
      isPublic: true,
      creationTime: NOW,
      lastModifiedTime: NOW,
      dependencies: [],
      methods: [],
      target: null,
      status: 'LoadSuccessful',
      lastError: null,
    });
    expect(endpointOf(registry, 'add')).toEqual(endpoint);
    expect((await registry.readPickle('add', 1))?.toString()).toBe('pickle of add');
  });

  it('over a function counts the version up and keeps when it was made and an empty description', async () => {
    const { registry } = await openFolder(temporaryFolder());
    await registry.deploy(deployment('add'), false);
    const endpoint = await registry.deploy(deployment('add', { description: '', pickle: Buffer.from('second') }), true);
    expect(endpoint).toMatchObject({
      version: 2,
      description: 'what add does',
      creationTime: NOW,
      lastModifiedTime: NOW + 1,
    });
    expect((await registry.readPickle('add', 1))?.toString()).toBe('pickle of add');
    expect((await registry.readPickle('add', 2))?.toString()).toBe('second');
  });

  it('the same version again replaces its pickle', async () => {
    const { registry, files } = await openFolder(temporaryFolder());
    await registry.deploy(deployment('add'), false);
    await registry.deploy(deployment('add', { isNewVersion: false, pickle: Buffer.from('other') }), true);
    expect(endpointOf(registry, 'add')?.version).toBe(1);
    expect((await registry.readPickle('add', 1))?.toString()).toBe('other');
    expect((await files.readAll()).get('add')?.versions).toHaveLength(1);
  });

  it('a name that is taken is refused and changes nothing', async () => {
    const { registry } = await openFolder(temporaryFolder());
    await registry.deploy(deployment('add'), false);
    const before = registry.snapshot();
    await expect(registry.deploy(deployment('add'), false)).rejects.toThrow(Refusal);
    expect(registry.snapshot()).toBe(before);
  });

  it('after a removal starts at version 1', async () => {
    const { registry } = await openFolder(temporaryFolder());
    await registry.deploy(deployment('add'), false);
    await registry.deploy(deployment('add'), true);
    await registry.remove('add');
    expect(endpointOf(registry, 'add')).toBeUndefined();
    expect(await registry.readPickle('add', 1)).toBeNull();
    expect((await registry.deploy(deployment('add'), false)).version).toBe(1);
  });

  it('keeps names apart that differ in case only', async () => {
    const dir = temporaryFolder();
    const { registry } = await openFolder(dir);
    for (const name of ['add', 'Add', 'ADD', 'a dd']) await registry.deploy(deployment(name), false);
    const { registry: again } = await openFolder(dir);
    expect([...again.snapshot().endpoints.keys()].toSorted()).toEqual(['ADD', 'Add', 'a dd', 'add']);
    expect((await again.readPickle('Add', 1))?.toString()).toBe('pickle of Add');
  });

  it('keeps a snapshot as it was when it was taken', async () => {
    const { registry } = await openFolder(temporaryFolder());
    await registry.deploy(deployment('add'), false);
    const before = registry.snapshot();
    await registry.deploy(deployment('add'), true);
    await registry.deploy(deployment('sub'), false);
    expect([...before.endpoints.values()].map(({ name, version }) => [name, version])).toEqual([['add', 1]]);
  });

  it('many at once happens one after another', async () => {
    const { registry } = await openFolder(temporaryFolder());
    const endpoints = await Promise.all(Array.from({ length: 10 }, () => registry.deploy(deployment('add'), true)));
    expect(endpoints.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(registry.snapshot().revision).toBe(10);
  });

  it('goes on after a change that failed', async () => {
    const { registry } = await openFolder(temporaryFolder());
    const outcomes = await Promise.allSettled([
      registry.remove('nope'),
      registry.deploy(deployment('add'), false),
      registry.deploy(deployment('add'), false),
      registry.deploy(deployment('sub'), false),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
  });
});

describe('other changes', () => {
  it('an alias shows what it stands for', async () => {
    const { registry } = await openFolder(temporaryFolder());
    await registry.deploy(deployment('add', { docstring: 'adds' }), false);
    expect(await registry.addAlias('plus', 'add', 'another name')).toMatchObject({
      type: 'alias',
      target: 'add',
      version: 1,
      description: 'another name',
      docstring: 'adds',
      dependencies: ['add'],
    });
    await expect(registry.addAlias('plus', 'add', '')).rejects.toThrow(Refusal);
    await expect(registry.addAlias('minus', 'nope', '')).rejects.toThrow(Refusal);
  });

  it('an update changes what it names and nothing else', async () => {
    const { registry } = await openFolder(temporaryFolder());
    await registry.deploy(deployment('add'), false);
    expect(await registry.update('add', { isPublic: true })).toMatchObject({
      isPublic: true,
      version: 1,
      description: 'what add does',
      lastModifiedTime: NOW + 1,
    });
    await expect(registry.update('nope', {})).rejects.toThrow(Refusal);
  });

  it('the removal of what is not there is refused', async () => {
    const { registry } = await openFolder(temporaryFolder());
    await expect(registry.remove('nope')).rejects.toThrow(Refusal);
  });

  it('a failed load is shown for the version that failed, and remembered over a restart with its reason', async () => {
    const dir = temporaryFolder();
    const { registry } = await openFolder(dir);
    await registry.deploy(deployment('add'), false);
    registry.noteLoad('add', 7, 'LoadFailed', 'of another version');
    registry.noteLoad('nope', 1, 'LoadFailed', 'of nothing');
    expect(endpointOf(registry, 'add')?.status).toBe('LoadSuccessful');
    registry.noteLoad('add', 1, 'LoadFailed', 'No module named x');
    expect(endpointOf(registry, 'add')).toMatchObject({ status: 'LoadFailed', lastError: 'No module named x' });
    registry.noteLoad('add', 1, 'LoadFailed', 'No module named y');
    await registry.update('add', { description: 'new' });
    const { registry: again } = await openFolder(dir);
    const failed = { status: 'LoadFailed', lastError: 'No module named y', description: 'new' };
    expect(endpointOf(again, 'add')).toMatchObject(failed);
    again.noteLoad('add', 1, 'LoadSuccessful', null);
    await again.update('add', {});
    const { registry: third } = await openFolder(dir);
    expect(endpointOf(third, 'add')).toMatchObject({ status: 'LoadSuccessful', lastError: null });
  });
});

describe('what changed', () => {
  it('since a revision is what was put and what went', async () => {
    const { registry } = await openFolder(temporaryFolder());
    await registry.deploy(deployment('add'), false);
    await registry.deploy(deployment('sub'), false);
    const { revision } = registry.snapshot();
    expect(registry.changesSince(revision)).toEqual({ put: [], remove: [], isWhole: false });
    await registry.remove('add');
    await registry.deploy(deployment('mul'), false);
    await registry.update('sub', { isPublic: true });
    const { put, remove } = registry.changesSince(revision);
    expect(namesOf(put).toSorted()).toEqual(['mul', 'sub']);
    expect(remove).toEqual(['add']);
  });

  it('since ever is everything that is there', async () => {
    const dir = temporaryFolder();
    const { registry } = await openFolder(dir);
    await registry.deploy(deployment('add'), false);
    await registry.deploy(deployment('sub'), false);
    const { registry: again } = await openFolder(dir);
    expect(namesOf(again.changesSince(-1).put).toSorted()).toEqual(['add', 'sub']);
    expect(again.changesSince(0)).toEqual({ put: [], remove: [], isWhole: false });
  });

  it('is a put for a name that went and came again', async () => {
    const { registry } = await openFolder(temporaryFolder());
    await registry.deploy(deployment('add'), false);
    await registry.remove('add');
    await registry.deploy(deployment('add'), false);
    expect(registry.changesSince(1)).toMatchObject({ put: [{ name: 'add' }], remove: [] });
  });

  it('tells who begins with nothing of no name that is gone', async () => {
    const { registry } = await openFolder(temporaryFolder());
    await registry.deploy(deployment('add'), false);
    await registry.addAlias('plus', 'add', '');
    await registry.remove('plus');
    expect(registry.changesSince(-1)).toMatchObject({ put: [{ name: 'add' }], remove: [], isWhole: false });
  });

  it('is all that is there for a copy that missed more removals than are remembered', async () => {
    const { registry } = await openFolder(temporaryFolder());
    await registry.deploy(deployment('add'), false);
    const { revision } = registry.snapshot();
    const comeAndGo = async (count: number): Promise<void> => {
      for (let one = 0; one < count; one += 1) {
        await registry.addAlias(`alias ${one}`, 'add', '');
        await registry.remove(`alias ${one}`);
      }
    };
    await comeAndGo(1_000);
    expect(registry.changesSince(revision).remove).toHaveLength(1_000);
    const middle = registry.snapshot().revision;
    await registry.addAlias('last', 'add', '');
    await registry.remove('last');
    expect(registry.changesSince(revision)).toMatchObject({ put: [{ name: 'add' }], remove: [], isWhole: true });
    expect(registry.changesSince(middle)).toEqual({ put: [], remove: ['last'], isWhole: false });
  });

  it('includes how a load went', async () => {
    const { registry } = await openFolder(temporaryFolder());
    await registry.deploy(deployment('add'), false);
    const { revision } = registry.snapshot();
    registry.noteLoad('add', 1, 'LoadFailed', 'why');
    expect(namesOf(registry.changesSince(revision).put)).toEqual(['add']);
  });
});

describe('a disk that fails', () => {
  const failing =
    (...what: (keyof FunctionFiles)[]) =>
    (files: FunctionFiles): FunctionFiles => {
      const fail = (): Promise<never> => Promise.reject(new Error('ENOSPC: no space left on device'));
      return filesWith(files, Object.fromEntries(what.map((one) => [one, fail])));
    };

  it.each(['writeVersion', 'writeRecord'] as const)('in %s leaves what was deployed before', async (step) => {
    const dir = temporaryFolder();
    const { registry: healthy } = await openFolder(dir);
    await healthy.deploy(deployment('add'), false);

    const { registry } = await openFolder(dir, failing(step));
    const before = registry.snapshot();
    for (const isNewVersion of [true, false]) {
      const other = deployment('add', { pickle: Buffer.from('other'), isNewVersion });
      await expect(registry.deploy(other, true)).rejects.toThrow('no space left');
    }
    await expect(registry.deploy(deployment('sub'), false)).rejects.toThrow('no space left');
    expect(registry.snapshot()).toBe(before);
    expect((await registry.readPickle('add', 1))?.toString()).toBe('pickle of add');

    const { registry: again, warnings } = await openFolder(dir);
    expect(warnings).toEqual([]);
    expect([...again.snapshot().endpoints.keys()]).toEqual(['add']);
    expect(endpointOf(again, 'add')).toEqual(before.endpoints.get('add'));
  });

  it('in taking a version back as well says why the version was not stored', async () => {
    const { registry } = await openFolder(temporaryFolder(), (files) =>
      filesWith(files, {
        writeRecord: () => Promise.reject(new Refusal('not-stored', 'ENOSPC: no space left on device')),
        withdrawVersion: () => Promise.reject(new Error('EROFS: read-only file system')),
      }),
    );
    await expect(registry.deploy(deployment('add'), true)).rejects.toMatchObject({ code: 'not-stored' });
  });

  it('in a removal leaves the function', async () => {
    const { registry } = await openFolder(temporaryFolder(), failing('remove'));
    await registry.deploy(deployment('add'), false);
    await expect(registry.remove('add')).rejects.toThrow('no space left');
    expect(endpointOf(registry, 'add')).toBeDefined();
  });
});

describe('what an interpreter says of a function', () => {
  it.each([
    ['the name of its function', { functionName: 'f'.repeat(301) }, 'Shorten it'],
    ['one library', { libraries: { numpy: 'x'.repeat(201) } }, 'libraries'],
    [
      'the number of its libraries',
      { libraries: Object.fromEntries(Array.from({ length: 201 }, (_, one) => [`lib${one}`, '1'])) },
      'libraries',
    ],
    ['its methods', { methods: ['m'.repeat(100_001)] }, 'longer than 100 kB'],
  ])('is refused where %s is longer than any real one', async (_what, more, words) => {
    const { registry } = await openFolder(temporaryFolder());
    await expect(registry.deploy(deployment('add', more), false)).rejects.toThrow(words);
    expect(registry.snapshot().endpoints.size).toBe(0);
  });

  it('is cut where it is a note or the reason of a failure, and says so', async () => {
    const { registry } = await openFolder(temporaryFolder());
    const notes = Array.from({ length: 50 }, (_, one) => `${one} ${'n'.repeat(4_000_000 / 50)}`);
    await registry.deploy(deployment('add', { notes }), false);
    const kept = registry.versions('add')[0]?.notes ?? [];
    expect(kept).toHaveLength(21);
    expect(kept[0]).toMatch(/^0 n{498}… \(\d+ more characters were cut\)$/);
    expect(kept.at(-1)).toBe('And 30 more notes.');
    registry.noteLoad('add', 1, 'LoadFailed', 'e'.repeat(3_900_000));
    expect(endpointOf(registry, 'add')?.lastError).toMatch(/^e{4000}… \(3896000 more characters were cut\)$/);
  });

  it('counts with the description that it keeps from the version before', async () => {
    const { registry } = await openFolder(temporaryFolder());
    await registry.deploy(deployment('add', { description: 'd'.repeat(90_000) }), false);
    const again = deployment('add', { description: '', docstring: 'd'.repeat(90_000) });
    await expect(registry.deploy(again, true)).rejects.toThrow('longer than 100 kB');
  });
});

describe('a restart', () => {
  it('reads everything back', async () => {
    const dir = path.join(temporaryFolder(), 'made', 'on demand');
    const { registry } = await openFolder(dir);
    await registry.deploy(deployment('add', { schema: { a: [1, null, 'é'] } }), false);
    await registry.deploy(deployment('add'), true);
    await registry.deploy(deployment('my model-1_x', { source: null }), false);
    await registry.addAlias('plus', 'add', 'another name');
    const { registry: again, files, warnings } = await openFolder(dir);
    expect(warnings).toEqual([]);
    expect(again.snapshot().endpoints).toEqual(registry.snapshot().endpoints);
    expect(await files.readSource('add', 1)).toBe('def add(): pass');
    expect(await files.readSource('my model-1_x', 1)).toBeNull();
    expect((await files.readAll()).get('add')?.versions.map(({ version }) => version)).toEqual([1, 2]);
  });
});
