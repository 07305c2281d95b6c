// Reads an image's files straight into memory that the guest made. Must not keep a copy.

import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';

import { ADDED_IMAGE, fileImagesOf, imageFileNames, STDLIB } from './image-names.ts';
import { memoryOf, memoryOfLength } from './crossing.ts';
import type { GuestEntry } from './crossing.ts';
import { readFully } from './pipes.ts';

/** What the interpreter needs to know of an image; manifest.json holds more. */
export interface ImageHead {
  readonly hasSnapshot: boolean;
  readonly preimport: readonly string[];
}

export function readImageHead(imageDir: string): ImageHead {
  return JSON.parse(readFileSync(join(imageDir, 'manifest.json'), 'utf8')) as ImageHead;
}

/** The guest's memory for `length` bytes of `name`. @throws Error when the guest returns anything else */
export function handIn(guest: GuestEntry, name: string, length: number): Uint8Array {
  const memory = memoryOfLength(guest.allocate(name, length), length);
  if (!memory) throw new Error(`the guest gave no memory for ${name}`);
  return memory;
}

function handInFile(guest: GuestEntry, imageDir: string, name: string): void {
  if (name.endsWith('.json')) {
    guest.takeText(name, readFileSync(join(imageDir, name), 'utf8'));
    return;
  }
  const fd = openSync(join(imageDir, name), 'r');
  const memory = handIn(guest, name, fstatSync(fd).size);
  if (!readFully(fd, memory)) throw new Error(`${name} ended early`);
  closeSync(fd);
}

/**
 * A function of numbers alone, as WebAssembly exports it: the guest may hold it, and finds nothing behind it.
 * `(func (export "r") (param i32 f64 i32) (result i32) local.get 0 local.get 1 local.get 2 call $read)`
 */
const READER_WASM = [
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 8, 1, 0x60, 3, 0x7f, 0x7c, 0x7f, 1, 0x7f, 2, 7, 1, 1, 0x64, 1, 0x72, 0, 0, 3, 2,
  1, 0, 7, 5, 1, 1, 0x72, 0, 1, 10, 12, 1, 10, 0, 0x20, 0, 0x20, 1, 0x20, 2, 0x10, 0, 0x0b,
];

/** Lets the guest read these files by their numbers, as long as the process lives; only numbers cross from the host. */
function handOverImage(guest: GuestEntry, paths: readonly string[]): void {
  const files = paths.map((path) => {
    const fd = openSync(path, 'r');
    return { fd, size: fstatSync(fd).size };
  });
  let window: Uint8Array = new Uint8Array(0);
  const read = (number: number, offset: number, length: number): number => {
    try {
      const file = files[number];
      if (!file || !(offset >= 0 && length > 0 && length <= window.length && offset + length <= file.size)) return -1;
      let at = 0;
      while (at < length) {
        const count = readSync(file.fd, window, at, length - at, offset + at);
        if (count <= 0) return -1;
        at += count;
      }
      return at;
    } catch {
      return -1;
    }
  };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(READER_WASM)), {
    d: { r: read },
  });
  const memory = memoryOf(guest.openImage(exports.r));
  if (!memory) throw new Error('the guest gave no window');
  window = memory;
}

/** Hands the guest the files that it boots from, and lets it read the others. @returns the names of the file images */
export function handInFiles(
  guest: GuestEntry,
  imageDir: string,
  addedDir: string | null,
  withSnapshot: boolean,
): readonly string[] {
  for (const name of imageFileNames(withSnapshot, false)) handInFile(guest, imageDir, name);
  const images = [...fileImagesOf(withSnapshot)];
  const places = images.map((image) => join(imageDir, `${image}.bin`));
  if (addedDir !== null) {
    handInFile(guest, addedDir, `${ADDED_IMAGE}.json`);
    places.push(join(addedDir, `${ADDED_IMAGE}.bin`));
    images.push(ADDED_IMAGE);
  }
  handOverImage(guest, [...places, join(imageDir, STDLIB)]);
  return images;
}

/** Fills Python's memory from the image, stretch by stretch. */
export function fillHeap(guest: GuestEntry, imageDir: string): void {
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
