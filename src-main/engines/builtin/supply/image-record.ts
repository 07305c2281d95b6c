// Remembers which image was made of which files and was found complete, so that a later start need not read all files
// again. Must not know how images are made or checked.

import path from 'node:path';
import * as v from 'valibot';
import writeFileAtomic from 'write-file-atomic';
import { MOST_TEXT_FILE_BYTES, readRegularFileSync } from '../../../disk/regular-file.ts';
import { marksOf } from '../../../disk/file-marks.ts';

const record = v.object({
  /** What an image is made of. */
  inputs: v.string(),
  /** The image's folder name. */
  name: v.string(),
  /** The image's own files. */
  image: v.string(),
});

export interface ImageRecordPlace {
  /** The folder of all images. */
  readonly imagesDir: string;
  /** Files and folders that go into an image. */
  readonly inputs: readonly string[];
  /** Other inputs that change the image, such as the version of Node. */
  readonly more: string;
}

const FILE = 'checked.json';

/**
 * The folder of the image that was made of these files and found complete in its present state; null: it must be
 * checked.
 */
export function rememberedImage({ imagesDir, inputs, more }: ImageRecordPlace): string | null {
  try {
    const text = readRegularFileSync(path.join(imagesDir, FILE), MOST_TEXT_FILE_BYTES).toString('utf8');
    const found = v.parse(record, JSON.parse(text));
    const dir = path.join(imagesDir, path.basename(found.name));
    return found.inputs === inputsMark(inputs, more) && found.image === marksOf([dir]) ? dir : null;
  } catch {
    return null;
  }
}

/** Notes that an image was found complete. Without the note the next start is only slower: a read-only disk is fine. */
export async function rememberImage({ imagesDir, inputs, more }: ImageRecordPlace, dir: string): Promise<void> {
  const found = { inputs: inputsMark(inputs, more), name: path.basename(dir), image: marksOf([dir]) };
  await writeFileAtomic(path.join(imagesDir, FILE), JSON.stringify(found)).catch(() => undefined);
}

/** Has the next start check everything again. */
export async function forgetImage({ imagesDir }: ImageRecordPlace): Promise<void> {
  await writeFileAtomic(path.join(imagesDir, FILE), '{}').catch(() => undefined);
}

function inputsMark(inputs: readonly string[], more: string): string | null {
  const marks = marksOf(inputs);
  return marks === null ? null : `${marks} ${more}`;
}
