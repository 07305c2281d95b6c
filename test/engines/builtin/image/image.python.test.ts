import { appendFileSync, copyFileSync, cpSync, linkSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

import { distributionOf, preimportFor } from '../../../../src-main/engines/builtin/image/preimport.ts';
import { filesOfFolder } from '../../../../src-main/engines/builtin/image/site-packages.ts';
import { checkImage, imageInputsHash } from '../../../../src-main/engines/builtin/image/image.ts';
import type { ImageInfo } from '../../../../src-main/engines/builtin/image/image.ts';
import { sharedImage } from '../support/shared-image.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');

/** A copy whose large files are links; what a test changes must be copied first. */
function copyOf(image: ImageInfo, changed: string): string {
  const folder = temporaryFolder('image');
  for (const name of readdirSync(image.dir)) {
    if (name === changed) copyFileSync(join(image.dir, name), join(folder, name));
    else linkSync(join(image.dir, name), join(folder, name));
  }
  return folder;
}

describe('an image', () => {
  let image: ImageInfo;
  beforeAll(async () => {
    image = (await sharedImage('bare'))!;
  });

  it('has a snapshot and lists every file with its checksum', () => {
    expect(image.manifest.snapshotFault).toBeNull();
    const listed = Object.keys(image.manifest.files);
    expect(new Set([...listed, 'manifest.json'])).toEqual(new Set(readdirSync(image.dir)));
  });

  it('is accepted as it was made', async () => {
    await expect(checkImage(image.dir)).resolves.toMatchObject({ dir: image.dir });
  });

  it.each(['guest.js', 'entry.cjs', 'heap.bin'])('is refused when %s was changed', async (name) => {
    const folder = copyOf(image, name);
    appendFileSync(join(folder, name), ' ');
    await expect(checkImage(folder)).rejects.toThrow(`${name} was changed`);
  });

  it('is refused when a file is missing or does not belong to it', async () => {
    const missing = copyOf(image, '');
    rmSync(join(missing, 'helper.wasm'));
    await expect(checkImage(missing)).rejects.toThrow('helper.wasm is missing');
    const extra = copyOf(image, '');
    writeFileSync(join(extra, 'more.js'), '');
    await expect(checkImage(extra)).rejects.toThrow('more.js does not belong to it');
  });
});

describe('the hash of what an image is made from', () => {
  const input = {
    pyodideDir: join(ROOT, 'node_modules/pyodide'),
    wheels: [],
    pythonDir: join(ROOT, 'src-main/python'),
    preimport: ['tabpy_tray.entry'],
    outDir: '/anywhere',
  };

  it('stays the same for the same inputs, wherever the image goes', () => {
    expect(imageInputsHash({ ...input, outDir: '/elsewhere' })).toBe(imageInputsHash(input));
  });

  it('changes with what is imported and with the memory', () => {
    const inputs = [input, { ...input, preimport: ['json'] }, { ...input, maxMemoryBytes: 1 << 29 }];
    expect(new Set(inputs.map((one) => imageInputsHash(one))).size).toBe(3);
  });

  it.each([
    'image/wide/umath-rules.ts',
    'image/wide/_index_guard.py',
    'image/edit-rules.ts',
    'guest-build.ts',
    'web/worker-host.ts',
    'guest/tabpy_tray_guest.py',
  ])('changes with what makes images: %s', (name) => {
    const builder = join(temporaryFolder('builder'), 'interpreter');
    cpSync(join(ROOT, 'src-main/engines/builtin'), builder, { recursive: true });
    const before = imageInputsHash(input, builder);
    expect(before).toBe(imageInputsHash(input));
    appendFileSync(join(builder, name), '\n');
    expect(imageInputsHash(input, builder)).not.toBe(before);
  });
});

describe('the files of an image', () => {
  it('hold our Python where Python looks for it', () => {
    const paths = filesOfFolder(join(ROOT, 'src-main/python')).map(({ path }) => path);
    expect(paths).toContain('/lib/python3.14/site-packages/tabpy_tray/entry.py');
    // Not what Python compiled beside it on this computer.
    expect(paths.filter((path) => !/\.(py|json)$/.test(path))).toEqual([]);
  });

  it('are imported ahead of use only for packages that are there', () => {
    expect(distributionOf('scikit_learn-1.8.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl')).toBe('scikit-learn');
    expect(preimportFor([])).not.toContain('numpy');
    expect(preimportFor(['numpy-2.4.3-cp314.whl'])).toContain('numpy.random');
  });
});
