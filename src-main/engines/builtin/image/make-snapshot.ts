// A child process of the image build: boots the image once from trusted inputs, imports the packages, and stores
// Python's memory. Must not be used for anything that a script wrote.

import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { memoryOf, textOf } from '../host/crossing.ts';
import { bootGuest, createGuestRealm } from '../host/guest-realm.ts';
import { writeFully } from '../host/pipes.ts';

const [imageDir, preimport] = JSON.parse(process.argv[2]!) as [string, string[]];
const { guest, script } = createGuestRealm(imageDir);
const request = { isMaking: true, preimport, entryModule: '', entryFunction: '' };
const why = await bootGuest(guest, { imageDir, addedDir: null, fromSnapshot: false, request });
if (why !== null) {
  process.stderr.write(why);
  process.exit(1);
}
const heap = openSync(join(imageDir, 'heap.bin'), 'w');
for (let index = 0; ; index++) {
  const memory = memoryOf(guest.heapView(index));
  if (!memory) break;
  writeFully(heap, memory);
}
closeSync(heap);
writeFileSync(join(imageDir, 'snapshot.json'), memoryOf(guest.snapshotTable())!);
// After the boot, so that the functions it compiled are in the cache too.
writeFileSync(join(imageDir, 'guest.cache'), script.createCachedData());
process.stdout.write(textOf(guest.takeOutput(), 1 << 20));
process.exit(0);
