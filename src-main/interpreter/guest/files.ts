// The image's files, as the host hands them in, and their places in Python's file system. Must not know a host's path.

import { registerLibrary } from './libraries.ts';
import type { GuestFileSystem } from './pyodide-types.ts';
import { decodeUtf8 } from './text-coders.ts';

/** One file of a file image: its path in Python, and where its bytes lie in the image. */
export type FileEntry = readonly [path: string, offset: number, length: number];

const handedIn = new Map<string, Uint8Array>();

/** Memory for a file that the host is about to fill. Only memory made here ever goes in: a host array would carry its realm along. */
export function allocateFile(name: string, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  handedIn.set(name, bytes);
  return bytes;
}

export function hasFile(name: string): boolean {
  return handedIn.has(name);
}

/** A file that was handed in, by its name or by a path that Pyodide makes of it; it stays until forgetFiles(). */
export function fileBytes(path: string): Uint8Array {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const bytes = handedIn.get(name);
  if (!bytes) throw new Error(`${name} was not handed in`);
  return bytes;
}

export function fileJson(name: string): unknown {
  return JSON.parse(decodeUtf8(fileBytes(name)));
}

/** Frees what was handed in. Files in Python's file system and libraries keep their own parts of it. */
export function forgetFiles(): void {
  handedIn.clear();
}

/** Puts the packages' files in place. Of a library only the name is there for Python; its code goes to the linker. */
export function placeFiles(fs: GuestFileSystem, images: readonly string[]): void {
  const made = new Set<string>();
  for (const image of images) {
    const bytes = fileBytes(`${image}.bin`);
    for (const [path, offset, length] of fileJson(`${image}.json`) as FileEntry[]) {
      const folder = path.slice(0, path.lastIndexOf('/'));
      if (!made.has(folder)) {
        fs.mkdirTree(folder);
        made.add(folder);
      }
      const content = bytes.subarray(offset, offset + length);
      if (path.endsWith('.so')) {
        registerLibrary(path, content);
        fs.writeFile(path, '');
      } else {
        fs.writeFile(path, content, { canOwn: true });
      }
    }
  }
}
