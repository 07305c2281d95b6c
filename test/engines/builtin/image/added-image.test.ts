// The file image of added packages: what goes in, what is refused, and that it is made once.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '../../../../src-shared/refusal.ts';
import { addedImage } from '../../../../src-main/engines/builtin/image/added-image.ts';
import { writeFileImage } from '../../../../src-main/engines/builtin/image/file-image.ts';
import { writeManifest } from '../../../../src-main/engines/builtin/image/manifest.ts';
import { SITE_PACKAGES } from '../../../../src-main/engines/builtin/image/site-packages.ts';
import { tinyWheel } from '../../../packages/support/tiny-wheels.ts';
import type { TinyWheel } from '../../../packages/support/tiny-wheels.ts';
import { temporaryFolder } from '../../../support/temp-folder.ts';

describe('the image of added packages', () => {
  let imageDir: string;
  let outDir: string;
  const imageOf = (...wheels: readonly TinyWheel[]): Promise<string | null> => {
    const folder = temporaryFolder();
    return addedImage({
      imageDir,
      outDir,
      wheels: wheels.map(({ name, fileName, bytes, sha256 }) => {
        writeFileSync(path.join(folder, fileName), bytes);
        return { name, path: path.join(folder, fileName), sha256 };
      }),
    });
  };
  const namesIn = (dir: string): readonly string[] =>
    (JSON.parse(readFileSync(path.join(dir, 'added.json'), 'utf8')) as [string, number, number][])
      .map(([name]) => name.replace(`${SITE_PACKAGES}/`, ''))
      .filter((name) => !name.includes('.dist-info'));

  beforeEach(async () => {
    imageDir = temporaryFolder();
    outDir = path.join(temporaryFolder(), 'images');
    mkdirSync(outDir);
    writeFileImage(imageDir, 'files', [{ path: `${SITE_PACKAGES}/numpy/core.py`, bytes: Buffer.from('1') }]);
    writeFileImage(imageDir, 'linked', [{ path: `${SITE_PACKAGES}/numpy/fast.so`, bytes: Buffer.from('1') }]);
    await writeManifest(imageDir, { inputs: 'a', hasSnapshot: true, snapshotFault: null, preimport: [], wheels: [] });
  });

  it('holds the files of all wheels, without what Python would run at its start', async () => {
    const files = { 'seaglass.py': 'x = 1\n', 'seaglass.pth': 'import os\n', 'seaglass/notes.pth': 'data' };
    const dir = await imageOf(tinyWheel('seaglass', { files }), tinyWheel('oddity'));
    expect(namesIn(dir!)).toEqual(['seaglass.py', 'seaglass/notes.pth', 'oddity.py']);
  });

  it('is none without wheels, and made once for the same ones', async () => {
    expect(await imageOf()).toBe(null);
    const first = await imageOf(tinyWheel('seaglass'));
    expect(await imageOf(tinyWheel('seaglass'))).toBe(first);
    expect(await imageOf(tinyWheel('seaglass', { version: '2.0' }))).not.toBe(first);
    expect(readdirSync(outDir)).toHaveLength(2);
  });

  it('is made again when one of its files was changed', async () => {
    const dir = await imageOf(tinyWheel('seaglass'));
    const file = path.join(dir!, 'added.bin');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, before.replace('1.0', '6.6'));
    expect(readFileSync(path.join((await imageOf(tinyWheel('seaglass')))!, 'added.bin'), 'utf8')).toBe(before);
  });

  it('puts files where the check of the wheel says that they go', async () => {
    const files = {
      'seaglass.py': '',
      'seaglass-1.0.data/purelib/spread.py': '',
      'seaglass-1.0.data/scripts/tool.py': '',
      'SEAGLASS.PTH': 'import os\n',
    };
    expect(namesIn((await imageOf(tinyWheel('seaglass', { files })))!)).toEqual(['seaglass.py', 'spread.py']);
  });

  it.each(['other-1.0.data/purelib/x.py', './x.py', 'a//x.py', 'x.data/purelib/x.py'])(
    'is not made of a wheel that was not checked and holds %s',
    async (file) => {
      await expect(imageOf(tinyWheel('seaglass', { files: { [file]: '' } }))).rejects.toThrow('contains a file that');
    },
  );

  it.each([
    ['a folder before a single file', 'single/__init__.py', 'single'],
    ['a native module before a single file', 'single.cpython-314-wasm32-emscripten.so', 'single'],
    ['a compiled file beside source', 'single.pyc', 'single'],
    ['a new file in a package', 'pandas/extra.py', 'pandas'],
    ['a new file deep in a package', 'pandas/core/more/extra.py', 'pandas'],
  ])('is refused for %s of the image', async (_what, file) => {
    const bundled = ['single.py', 'pandas/__init__.py', 'pandas/core/__init__.py', 'shared/one.py'];
    const bytes = Buffer.from('1');
    writeFileImage(
      imageDir,
      'files',
      bundled.map((name) => ({ path: `${SITE_PACKAGES}/${name}`, bytes })),
    );
    await expect(imageOf(tinyWheel('over', { files: { [file]: '2' } }))).rejects.toThrow(Refusal);
    // A folder that nobody owns is everybody's.
    expect(await imageOf(tinyWheel('beside', { files: { 'shared/two.py': '2' } }))).not.toBeNull();
  });

  it('is refused when one package brings a module of another in another way', async () => {
    const one = tinyWheel('pack1', { files: { 'common.py': '1' } });
    const other = tinyWheel('pack2', { files: { 'common/__init__.py': '2' } });
    await expect(imageOf(one, other)).rejects.toThrow('pack2 brings common/__init__.py, which is a part of pack1');
  });

  it('is refused when a package brings code that is there already', async () => {
    const over = tinyWheel('over', { files: { 'numpy/core.py': '2' } });
    await expect(imageOf(over)).rejects.toThrow('over brings numpy/core.py, which is a file of TabPy Tray');
    await expect(imageOf(tinyWheel('over', { files: { 'numpy/fast.so': '2' } }))).rejects.toThrow(Refusal);
    const [one, other] = ['1', '2'].map((text, i) =>
      tinyWheel(`pack${i}`, { files: { 'shared/core.py': text, 'LICENSE.txt': text } }),
    );
    await expect(imageOf(one!, other!)).rejects.toThrow('pack1 brings shared/core.py, which is a file of pack0');
    const same = tinyWheel('pack2', { files: { 'shared/core.py': '1', 'LICENSE.txt': 'another' } });
    expect(namesIn((await imageOf(one!, same))!)).toEqual(['shared/core.py', 'LICENSE.txt']);
    expect(readdirSync(outDir)).toHaveLength(1);
  });
});
