// A file image: many files in one file, with a table of where each lies.

import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import type { FileEntry } from '../guest/files.ts';
import type { PythonFile } from './site-packages.ts';

/** Writes `<name>.bin` and `<name>.json`. */
export function writeFileImage(folder: string, name: string, files: readonly PythonFile[]): void {
  const table: FileEntry[] = [];
  const fd = openSync(join(folder, `${name}.bin`), 'w');
  let offset = 0;
  for (const { path, bytes } of files) {
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
    table.push([path, offset, bytes.length]);
    offset += bytes.length;
  }
  closeSync(fd);
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(table));
}
