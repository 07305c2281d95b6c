// Draws every icon file from the SVGs in assets/ (`npm run icons`). The files are committed, so a Chromium is needed
// only to change a drawing.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { icnsOf, icoOf } from './containers.ts';
import type { Bitmap } from './containers.ts';
import { openDrawing } from './draw.ts';
import { iconFiles } from './plan.ts';
import type { IconFile, Picture } from './plan.ts';

const ASSETS = path.resolve(import.meta.dirname, '../../assets');

/** The file that records what the committed icons were made from. */
export const ICON_RECORD = 'app/made-from.json';

/** SHA-256 of each drawing, and of the list of files: when a hash differs, the icons are out of date. */
export function iconInputs(assetsDir: string): Readonly<Record<string, string>> {
  const files = iconFiles();
  const sources = new Set(files.flatMap(picturesOf).map((picture) => picture.source));
  return {
    plan: sha256(JSON.stringify(files)),
    ...Object.fromEntries(
      [...sources].toSorted().map((source) => [source, sha256(readFileSync(path.join(assetsDir, source), 'utf8'))]),
    ),
  };
}

function picturesOf(file: IconFile): readonly Picture[] {
  return file.kind === 'png' ? [file.picture] : file.pictures;
}

function sha256(text: string): string {
  // A checkout on Windows may have other line ends.
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}

async function main(): Promise<void> {
  const drawing = await openDrawing(ASSETS);
  try {
    for (const file of iconFiles()) {
      const bitmaps: Bitmap[] = [];
      for (const picture of picturesOf(file)) bitmaps.push(await drawing.draw(picture));
      const target = path.join(ASSETS, file.file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, bytesOf(file, bitmaps));
    }
  } finally {
    await drawing.close();
  }
  writeFileSync(path.join(ASSETS, ICON_RECORD), `${JSON.stringify(iconInputs(ASSETS), null, 2)}\n`);
  process.stdout.write(`${iconFiles().length} icon files are made in assets/.\n`);
}

function bytesOf(file: IconFile, bitmaps: readonly Bitmap[]): Buffer {
  switch (file.kind) {
    case 'png':
      return bitmaps[0]!.png;
    case 'ico':
      return icoOf(bitmaps);
    case 'icns':
      return icnsOf(bitmaps);
  }
}

if (import.meta.main) await main();
