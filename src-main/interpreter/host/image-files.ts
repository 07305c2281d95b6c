// Reads an image's files straight into memory that the guest made. Must not keep a copy.

import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ADDED_IMAGE, addedFileNames, FILE_IMAGES, imageFileNames } from '../image-names.ts';
import { memoryOf, memoryOfLength } from './crossing.ts';
import type { GuestDoor } from './crossing.ts';
import { readFully } from './pipes.ts';

/** What the interpreter needs to know of an image; manifest.json holds more. */
export interface ImageHead {
  readonly hasSnapshot: boolean;
  readonly preimport: readonly string[];
}

export function readImageHead(imageDir: string): ImageHead {
  return JSON.parse(readFileSync(join(imageDir, 'manifest.json'), 'utf8')) as ImageHead;
}

/** The guest's memory for `length` bytes of `name`. @throws Error when the guest gives anything else */
export function handIn(guest: GuestDoor, name: string, length: number): Uint8Array {
  const memory = memoryOfLength(guest.allocate(name, length), length);
  if (!memory) throw new Error(`the guest gave no memory for ${name}`);
  return memory;
}

function handInFile(guest: GuestDoor, imageDir: string, name: string): void {
  const fd = openSync(join(imageDir, name), 'r');
  const memory = handIn(guest, name, fstatSync(fd).size);
  if (!readFully(fd, memory)) throw new Error(`${name} ended early`);
  closeSync(fd);
}

/** Hands the guest all files of the image that it boots from. @returns the names of the file images */
export function handInImage(guest: GuestDoor, imageDir: string, withSnapshot: boolean): readonly string[] {
  for (const name of imageFileNames(withSnapshot)) handInFile(guest, imageDir, name);
  return FILE_IMAGES;
}

/** Hands in the added packages, if there are any. @returns the names of the file images */
export function handInAdded(guest: GuestDoor, addedDir: string | null): readonly string[] {
  if (addedDir === null) return [];
  for (const name of addedFileNames()) handInFile(guest, addedDir, name);
  return [ADDED_IMAGE];
}

/** Fills Python's memory from the image, stretch by stretch. */
export function fillHeap(guest: GuestDoor, imageDir: string): void {
  const fd = openSync(join(imageDir, 'heap.bin'), 'r');
  for (let index = 0; ; index++) {
    const view = guest.heapView(index);
    if (view === null) break;
    const memory = memoryOf(view);
    if (!memory || !readFully(fd, memory)) throw new Error('heap.bin does not fit the memory');
  }
  closeSync(fd);
  guest.heapDone();
}
