import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderSource } from '../../../src-main/packages/store/folder-source.ts';
import { silentProgress } from '../../../src-main/packages/progress.ts';
import { defaultSources } from '../../../src-main/packages/store/sources.ts';
import { fillStore } from '../../../src-main/packages/store/store.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { folderWith, sample } from '../support/wheels.ts';

const [numpy, pandas] = [sample('numpy'), sample('pandas')];

function fillFrom(folder: string, storeDir = temporaryFolder()) {
  const wanted = [numpy.file, pandas.file];
  return fillStore({ storeDir, wanted, sources: [folderSource(folder)], progress: silentProgress });
}

describe('a folder with packages', () => {
  it('gives its files and keeps them', async () => {
    const folder = folderWith([numpy, pandas]);
    const filled = await fillFrom(folder);
    expect(filled.failures).toEqual([]);
    expect(readFileSync(filled.wheels[0]!.path)).toEqual(numpy.content);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('gives what it has and tells how much it lacks', async () => {
    const folder = folderWith([pandas]);
    const filled = await fillFrom(folder);
    expect(filled.missing).toEqual([numpy.file]);
    expect(filled.failures).toEqual([`the folder ${folder}: it does not have 1 of 2 files`]);
  });

  it('gives the others when one of its files cannot be read', async () => {
    const folder = folderWith([pandas]);
    mkdirSync(path.join(folder, numpy.file.fileName));
    const filled = await fillFrom(folder);
    expect(filled.missing).toEqual([numpy.file]);
    expect(filled.failures).toHaveLength(1);
  });

  it('that is not there is reported with its name', async () => {
    const folder = path.join(temporaryFolder(), 'no-such-stick');
    const filled = await fillFrom(folder);
    expect(filled.failures).toEqual([expect.stringMatching(/^the folder .*no-such-stick: it cannot be read \(ENOENT/)]);
  });

  it('may be the folder of another store', async () => {
    const storeDir = temporaryFolder();
    await fillFrom(folderWith([numpy, pandas]), storeDir);
    expect((await fillFrom(path.join(storeDir, 'wheels'))).missing).toEqual([]);
  });
});

describe('the places where packages are looked for', () => {
  const namesFor = (from: string | undefined, env: Readonly<Record<string, string>>): readonly string[] =>
    defaultSources(from, env).map((source) => source.name);

  it('are the CDN, then PyPI', () => {
    expect(namesFor(undefined, {})).toEqual(['cdn.jsdelivr.net', 'PyPI']);
  });

  it('begin with the folder that was named, the command line before the environment', () => {
    expect(namesFor('/stick', { TABPY_TRAY_PACKAGES_FROM: '/share' })[0]).toBe('the folder /stick');
    expect(namesFor(undefined, { TABPY_TRAY_PACKAGES_FROM: '/share' })[0]).toBe('the folder /share');
    expect(namesFor(undefined, { TABPY_TRAY_PACKAGES_FROM: '' })).toHaveLength(2);
  });
});

describe('a source that lies under a file', () => {
  it('is a failure like any other', async () => {
    const file = path.join(temporaryFolder(), 'a-file');
    writeFileSync(file, '');
    expect((await fillFrom(file)).failures).toEqual([expect.stringMatching(/it cannot be read \(ENOTDIR/)]);
  });
});
