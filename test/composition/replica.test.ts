// What interpreters get of the deployed functions while these change.

import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src-main/functions/store/files.ts';
import type { FunctionFiles } from '../../src-main/functions/store/files.ts';
import { functionsOf } from '../../src-main/composition/replica.ts';
import type { RequestMeta } from '../../src-main/runtime/messages.ts';
import { deployment, openFolder, filesWith } from '../functions/support/deployment.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

type Sync = Extract<RequestMeta, { readonly op: 'sync' }>;

async function syncOf(
  registry: Parameters<typeof functionsOf>[0],
  revision: number,
  own: ReadonlyMap<string, string> = new Map(),
): Promise<Sync> {
  for await (const { meta } of functionsOf(registry, () => ({ revision: 0, hosts: [], port: null })).changesSince(
    revision,
    own,
  ))
    return meta as Sync;
  throw new Error('no sync');
}

describe('an interpreter that is brought up to date', () => {
  it('gets no pickle that it deployed itself, and those of all others', async () => {
    const { registry } = await openFolder(temporaryFolder());
    for (const name of ['add', 'sub', 'add']) await registry.deploy(deployment(name), true);
    const own = new Map([
      ['add', sha256(deployment('add').pickle)],
      ['sub', sha256(Buffer.from('what it deployed before'))],
    ]);
    const { put } = await syncOf(registry, 0, own);
    expect(put.map(({ name, version, pickleBytes, isOwn }) => [name, version, pickleBytes > 0, isOwn])).toEqual([
      ['add', 2, false, true],
      ['sub', 1, true, undefined],
    ]);
  });

  it('gets what others deployed under the name and version number of its own', async () => {
    const { registry } = await openFolder(temporaryFolder());
    await registry.deploy(deployment('add'), true);
    const own = new Map([['add', sha256(deployment('add').pickle)]]);
    await registry.deploy(deployment('add', { pickle: Buffer.from('other'), isNewVersion: false }), true);
    const [replaced] = (await syncOf(registry, 0, own)).put;
    expect([replaced!.version, replaced!.isOwn, replaced!.pickleBytes]).toEqual([1, undefined, 5]);
    await registry.remove('add');
    await registry.deploy(deployment('add', { pickle: Buffer.from('third one') }), true);
    const [again] = (await syncOf(registry, 0, own)).put;
    expect([again!.version, again!.isOwn, again!.pickleBytes]).toEqual([1, undefined, 9]);
  });

  it('hears nothing of a function whose files go while they are read: it is gone, not damaged', async () => {
    const opening = Promise.withResolvers<void>();
    const removing = Promise.withResolvers<void>();
    const slow = (files: FunctionFiles): FunctionFiles =>
      filesWith(files, {
        // The files are away, and the registry does not say so yet.
        async remove(name) {
          await files.remove(name);
          removing.resolve();
          await opening.promise;
        },
      });
    const { registry } = await openFolder(temporaryFolder(), slow);
    await registry.deploy(deployment('add'), false);
    await registry.deploy(deployment('sub'), false);
    const { revision } = registry.snapshot();
    const removal = registry.remove('add');
    await removing.promise;
    const sync = syncOf(registry, -1);
    opening.resolve();
    await removal;
    expect((await sync).put.map(({ name, pickleBytes }) => [name, pickleBytes > 0])).toEqual([['sub', true]]);
    expect((await syncOf(registry, revision)).remove).toEqual(['add']);
  });

  it('gets a function whose file is lost on disk all the same, so that its caller is told', async () => {
    const dir = temporaryFolder();
    const { registry } = await openFolder(dir);
    await registry.deploy(deployment('add'), false);
    rmSync(path.join(dir, 'add', 'versions'), { recursive: true });
    expect((await syncOf(registry, -1)).put).toMatchObject([{ name: 'add', pickleBytes: 0 }]);
  });
});
