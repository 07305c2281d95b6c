// Added packages for an image that lacks them: real wheels with compiled code, and one of a line. Must not know who starts what.

import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { addedImage } from '../../../../src-main/engines/builtin/image/added-image.ts';
import { tinyWheel } from '../../../packages/support/tiny-wheels.ts';
import { temporaryFolder } from './temporary-folder.ts';

const STORE = process.env.TABPY_TRAY_WHEELS ?? resolve(import.meta.dirname, '../../../../.store/wheels');
const COMPILED = ['numpy', 'regex'];

/** What ADDED_SCRIPT answers where they are there. */
export const ADDED_RESULT = [[0, 2, 4], 'é', '1.0'];
export const ADDED_SCRIPT = `import numpy, regex, seaglass
return [(numpy.arange(3) * 2).tolist(), regex.match(r'\\p{L}', 'é1').group(), seaglass.__version__]`;

/** The folder of their image, beside the one in `imageDir`, which has neither. */
export async function addedFolder(imageDir: string): Promise<string> {
  const folder = temporaryFolder('added');
  const tiny = tinyWheel('seaglass');
  writeFileSync(join(folder, tiny.fileName), tiny.bytes);
  const wheels = COMPILED.map((name) => {
    const fileName = readdirSync(STORE).find((file) => file.startsWith(`${name}-`))!;
    return { name, path: join(STORE, fileName), sha256: fileName };
  });
  const all = [...wheels, { name: tiny.name, path: join(folder, tiny.fileName), sha256: tiny.sha256 }];
  return (await addedImage({ wheels: all, imageDir, outDir: join(folder, 'images') }))!;
}
