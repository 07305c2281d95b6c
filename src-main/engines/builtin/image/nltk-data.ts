// Puts VADER's lexicon where NLTK looks for its downloads: the file comes from the package vaderSentiment.

import { crc32, deflateRawSync } from 'node:zlib';

import { SITE_PACKAGES } from './site-packages.ts';
import type { PythonFile } from './site-packages.ts';

const LEXICON = `${SITE_PACKAGES}/vaderSentiment/vader_lexicon.txt`;
/** NLTK opens this very archive and no loose file (nltk.sentiment.vader, nltk.data.find). */
const ARCHIVE = '/usr/share/nltk_data/sentiment/vader_lexicon.zip';
const ENTRY = 'vader_lexicon/vader_lexicon.txt';

/** The file to add so that NLTK finds the lexicon; nothing where vaderSentiment is not among the files. */
export function nltkDataIn(files: readonly PythonFile[]): PythonFile[] {
  const lexicon = files.find(({ path }) => path === LEXICON);
  return lexicon ? [{ path: ARCHIVE, bytes: zipOf(ENTRY, lexicon.bytes) }] : [];
}

/** A zip archive of one file, the same for the same bytes: its time is 1980-01-01. (PKWARE's APPNOTE, 4.3.) */
function zipOf(entry: string, content: Uint8Array): Buffer {
  const name = Buffer.from(entry);
  const packed = deflateRawSync(content, { level: 9 });
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0); // needs version 2.0
  common.writeUInt16LE(8, 4); // deflated
  common.writeUInt16LE(0x21, 8); // 1980-01-01
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, name, packed]);
  // Version made by (2.0), the common fields; no comment, first disk, no attributes, begins at 0.
  const directory = Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\0', 'latin1'), common, Buffer.alloc(14), name]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, directory, end]);
}
