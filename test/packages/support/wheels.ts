// Small files that stand for wheels, a folder that has them, and a zip that carries them.

import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import type { Need, WantedFile } from '../../../src-main/packages/store/package-list.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

export interface Sample {
  readonly file: WantedFile;
  readonly content: Buffer;
}

/** A package `name` of some 20 kB, from Pyodide or from PyPI. */
export function sample(
  name: string,
  {
    need = 'science',
    isOnPypi = false,
    tags = 'py3-none-any',
  }: { need?: Need; isOnPypi?: boolean; tags?: string } = {},
): Sample {
  const content = Buffer.from(`${name} `.repeat(20_000 / (name.length + 1)));
  const sha256 = createHash('sha256').update(content).digest('hex');
  const fileName = `${name}-1.0-${tags}.whl`;
  return { content, file: { name, version: '1.0', fileName, sha256, need, pip: isOnPypi ? `${name}==1.0` : null } };
}

/** Puts files into a folder of its own. */
export function folderWith(samples: readonly Sample[]): string {
  const folder = temporaryFolder();
  for (const { file, content } of samples) writeFileSync(path.join(folder, file.fileName), content);
  return folder;
}

/** A zip file of entries as they are, uncompressed. */
export function zipOf(entries: Readonly<Record<string, Buffer>>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(entries)) {
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, tail, Buffer.from(name));
    const body = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), content]);
    bodies.push(body);
    offset += body.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(bodies.length, 8);
  end.writeUInt16LE(bodies.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listing, end]);
}
