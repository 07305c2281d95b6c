// The image that the tray app starts from: found where it belongs, and refused when a byte of it is another.

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeManifest } from '../../../../src-main/engines/builtin/image/manifest.ts';
import { checkReadyImage, readyImageIn } from '../../../../src-main/engines/builtin/supply/ready-image.ts';
import { temporaryFolder } from '../../../support/temp-folder.ts';

describe('readyImageIn', () => {
  const place = { isPackaged: false, resourcesDir: '/app/resources', appDir: '/app/resources/app.asar', env: {} };

  it('lies beside the archive of an installed app, with the checksum that the archive holds', () => {
    const appDir = temporaryFolder();
    mkdirSync(path.join(appDir, 'out'));
    writeFileSync(path.join(appDir, 'out/resources.json'), JSON.stringify({ pythonImageManifest: 'abc' }));
    expect(readyImageIn({ ...place, isPackaged: true, appDir })).toEqual({
      dir: path.join('/app/resources', 'python-image'),
      manifestSha256: 'abc',
    });
  });

  it('does not let the environment choose the image of an installed app', () => {
    const appDir = temporaryFolder();
    mkdirSync(path.join(appDir, 'out'));
    writeFileSync(path.join(appDir, 'out/resources.json'), JSON.stringify({ pythonImageManifest: 'abc' }));
    const { dir } = readyImageIn({ ...place, isPackaged: true, appDir, env: { TABPY_TRAY_IMAGE: '/elsewhere' } });
    expect(dir).not.toBe('/elsewhere');
  });

  it('is the one that npm start prepared, where nothing is packaged', () => {
    expect(readyImageIn({ ...place, env: { TABPY_TRAY_IMAGE: '/image' } }).dir).toBe('/image');
    expect(() => readyImageIn(place)).toThrow('start the app with npm start');
  });
});

describe('checkReadyImage', () => {
  let dir: string;
  let manifestSha256: string;
  beforeEach(async () => {
    dir = temporaryFolder();
    writeFileSync(path.join(dir, 'heap.bin'), 'memory');
    await writeManifest(dir, { inputs: '', hasSnapshot: true, snapshotFault: null, preimport: [], wheels: [] });
    const manifest = readFileSync(path.join(dir, 'manifest.json'));
    manifestSha256 = createHash('sha256').update(manifest).digest('hex');
  });

  it('accepts an image that is as it was packaged', async () => {
    expect(path.basename(await checkReadyImage({ dir, manifestSha256 }))).toBe(path.basename(dir));
  });

  it('names a file that was changed', async () => {
    writeFileSync(path.join(dir, 'heap.bin'), 'Memory');
    await expect(checkReadyImage({ dir, manifestSha256 })).rejects.toThrow(/heap\.bin was changed.*Install TabPy Tray/);
  });

  it('is not fooled by a manifest that was changed with its file', async () => {
    writeFileSync(path.join(dir, 'heap.bin'), 'Memory');
    await writeManifest(dir, { inputs: '', hasSnapshot: true, snapshotFault: null, preimport: [], wheels: [] });
    await expect(checkReadyImage({ dir, manifestSha256 })).rejects.toThrow('manifest.json was changed');
  });

  it('says so when there is nothing', async () => {
    rmSync(dir, { recursive: true });
    await expect(checkReadyImage({ dir, manifestSha256 })).rejects.toThrow(/damaged.*Install TabPy Tray again/);
  });
});
