import { mkdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentProgress } from '../../../src-main/packages/progress.ts';
import type { FetchRequest, Source } from '../../../src-main/packages/store/source.ts';
import { defaultStoreDir, describeMissing, fillStore, readStore } from '../../../src-main/packages/store/store.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { leftoversIn, wantedFile, wheelsIn } from '../support/wanted.ts';

const alpha = wantedFile('alpha', 'the bytes of alpha');
const beta = wantedFile('beta', 'the bytes of beta');
const gamma = wantedFile('gamma', 'the bytes of gamma', { need: 'optional' });

/** A source that has these contents under file names, and tells what it was asked for. */
function sourceWith(name: string, contents: Readonly<Record<string, string>>): Source & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    name,
    asked,
    offers: () => true,
    async fetch({ files, workDir, accept }: FetchRequest) {
      asked.push(...files.map((file) => file.fileName));
      for (const file of files) {
        const content = contents[file.fileName];
        if (content === undefined) continue;
        const copy = path.join(workDir, file.fileName);
        await writeFile(copy, content);
        await accept(file, copy);
      }
      const without = files.filter((file) => contents[file.fileName] === undefined).length;
      if (without > 0) throw new Error(`it lacks ${without}`);
    },
  };
}

async function putWheel(storeDir: string, fileName: string, content: string): Promise<string> {
  await mkdir(path.join(storeDir, 'wheels'), { recursive: true });
  const file = path.join(storeDir, 'wheels', fileName);
  await writeFile(file, content);
  return file;
}

const namesOf = (files: readonly { readonly name: string }[]): readonly string[] => files.map((file) => file.name);

describe('reading a store', () => {
  it('finds the files whose checksum is right and misses the others', async () => {
    const storeDir = temporaryFolder();
    await putWheel(storeDir, 'alpha.whl', 'the bytes of alpha');
    await putWheel(storeDir, 'beta.whl', 'other bytes');
    const store = await readStore(storeDir, [alpha, beta, gamma]);
    expect(store.wheels).toEqual([
      {
        name: 'alpha',
        version: '1',
        fileName: 'alpha.whl',
        path: path.join(storeDir, 'wheels/alpha.whl'),
        sha256: alpha.sha256,
      },
    ]);
    expect(namesOf(store.missing)).toEqual(['beta']);
    expect(namesOf(store.absent)).toEqual(['gamma']);
  });

  it('notices a file that changed after it was checked, even when its time was set back', async () => {
    const storeDir = temporaryFolder();
    const file = await putWheel(storeDir, 'alpha.whl', 'the bytes of alpha');
    expect(namesOf((await readStore(storeDir, [alpha])).missing)).toEqual([]);
    const { atime, mtime } = await stat(file);
    await writeFile(file, 'THE BYTES OF ALPHA');
    await utimes(file, atime, mtime);
    expect(namesOf((await readStore(storeDir, [alpha])).missing)).toEqual(['alpha']);
  });

  it('notices that another file is wanted under the same name', async () => {
    const storeDir = temporaryFolder();
    await putWheel(storeDir, 'alpha.whl', 'the bytes of alpha');
    await readStore(storeDir, [alpha]);
    const newer = wantedFile('alpha', 'the bytes of alpha 2');
    expect(namesOf((await readStore(storeDir, [newer])).missing)).toEqual(['alpha']);
  });

  it.each(['{', 'null', '[]', '7', '"text"', '{"alpha.whl": 5}'])(
    'is not led astray by an index that says %s',
    async (text) => {
      const storeDir = temporaryFolder();
      await putWheel(storeDir, 'alpha.whl', 'the bytes of alpha');
      await writeFile(path.join(storeDir, 'checked.json'), text);
      expect(namesOf((await readStore(storeDir, [alpha, beta])).wheels)).toEqual(['alpha']);
    },
  );

  it('believes nothing that it remembers when it is asked to look thoroughly', async () => {
    const storeDir = temporaryFolder();
    const file = await putWheel(storeDir, 'alpha.whl', 'damaged on the disk');
    const { size, mtimeMs, ctimeMs } = await stat(file);
    const mark = `${size} ${mtimeMs} ${ctimeMs} ${alpha.sha256}`;
    await writeFile(path.join(storeDir, 'checked.json'), JSON.stringify({ 'alpha.whl': mark }));
    expect(namesOf((await readStore(storeDir, [alpha])).wheels)).toEqual(['alpha']);
    expect(namesOf((await readStore(storeDir, [alpha], true)).missing)).toEqual(['alpha']);
  });

  it('counts a folder in place of a file as missing', async () => {
    const storeDir = temporaryFolder();
    await mkdir(path.join(storeDir, 'wheels/alpha.whl'), { recursive: true });
    expect(namesOf((await readStore(storeDir, [alpha])).missing)).toEqual(['alpha']);
  });

  it('works where nothing is and nothing can be written', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a-file');
    await writeFile(file, '');
    expect(namesOf((await readStore(file, [alpha])).missing)).toEqual(['alpha']);
    expect(await readFile(file, 'utf8')).toBe('');
  });
});

describe('filling a store', () => {
  it('asks the sources in order, each only for what is still missing', async () => {
    const storeDir = temporaryFolder();
    const first = sourceWith('first', { 'alpha.whl': 'the bytes of alpha' });
    const second = sourceWith('second', { 'beta.whl': 'the bytes of beta', 'gamma.whl': 'the bytes of gamma' });
    const third = sourceWith('third', {});
    const sources = [first, second, third];
    const filled = await fillStore({ storeDir, wanted: [alpha, beta, gamma], sources, progress: silentProgress });
    expect(first.asked).toEqual(['alpha.whl', 'beta.whl', 'gamma.whl']);
    expect(second.asked).toEqual(['beta.whl', 'gamma.whl']);
    expect(third.asked).toEqual([]);
    expect(filled.failures).toEqual(['first: it lacks 2']);
    expect(namesOf(filled.wheels)).toEqual(['alpha', 'beta', 'gamma']);
    expect(describeMissing(filled)).toBeNull();
  });

  it('asks nobody when everything is there', async () => {
    const storeDir = temporaryFolder();
    await putWheel(storeDir, 'alpha.whl', 'the bytes of alpha');
    const source = sourceWith('source', {});
    const filled = await fillStore({ storeDir, wanted: [alpha], sources: [source], progress: silentProgress });
    expect(source.asked).toEqual([]);
    expect(filled.failures).toEqual([]);
  });

  it('does not ask a source for what it does not offer', async () => {
    const storeDir = temporaryFolder();
    const picky = { ...sourceWith('picky', { 'alpha.whl': 'the bytes of alpha' }), offers: () => false };
    const filled = await fillStore({ storeDir, wanted: [alpha], sources: [picky], progress: silentProgress });
    expect(picky.asked).toEqual([]);
    expect(namesOf(filled.missing)).toEqual(['alpha']);
  });

  it('fetches a damaged file again', async () => {
    const storeDir = temporaryFolder();
    await putWheel(storeDir, 'alpha.whl', 'damaged');
    const source = sourceWith('source', { 'alpha.whl': 'the bytes of alpha' });
    await fillStore({ storeDir, wanted: [alpha], sources: [source], progress: silentProgress });
    expect(await wheelsIn(storeDir)).toEqual({ 'alpha.whl': 'the bytes of alpha' });
  });

  it('refuses a file with a wrong checksum, says so and takes it from the next source', async () => {
    const storeDir = temporaryFolder();
    const bad = sourceWith('bad', { 'alpha.whl': 'something else' });
    const good = sourceWith('good', { 'alpha.whl': 'the bytes of alpha' });
    const filled = await fillStore({ storeDir, wanted: [alpha], sources: [bad, good], progress: silentProgress });
    expect(filled.failures).toEqual([
      expect.stringMatching(/^bad: alpha\.whl is not the file it should be \(SHA-256 /),
    ]);
    expect(await wheelsIn(storeDir)).toEqual({ 'alpha.whl': 'the bytes of alpha' });
  });

  it('keeps a wrong file out of the store when nobody has the right one', async () => {
    const storeDir = temporaryFolder();
    const bad = sourceWith('bad', { 'alpha.whl': 'something else' });
    const filled = await fillStore({ storeDir, wanted: [alpha], sources: [bad], progress: silentProgress });
    expect(namesOf(filled.missing)).toEqual(['alpha']);
    expect(await wheelsIn(storeDir)).toEqual({});
    expect(await leftoversIn(storeDir)).toEqual([]);
  });

  it('says what is missing, why, and what to do when no source has it', async () => {
    const storeDir = temporaryFolder();
    const empty = sourceWith('the empty shelf', {});
    const filled = await fillStore({
      storeDir,
      wanted: [alpha, beta, gamma],
      sources: [empty],
      progress: silentProgress,
    });
    expect(describeMissing(filled)).toBe(
      'Missing Python packages: alpha, beta (the empty shelf: it lacks 3). Connect to the internet and run ' +
        '`npm run packages`, or `npm run packages -- --from DIR` with a folder that has the files.',
    );
  });

  it('says nothing about an optional package that cannot be had', async () => {
    const storeDir = temporaryFolder();
    const filled = await fillStore({ storeDir, wanted: [gamma], sources: [], progress: silentProgress });
    expect(describeMissing(filled)).toBeNull();
    expect(namesOf(filled.absent)).toEqual(['gamma']);
  });

  it('answers with the reason when the folder cannot be written', async () => {
    const folder = temporaryFolder();
    const storeDir = path.join(folder, 'a-file');
    await writeFile(storeDir, '');
    const source = sourceWith('source', { 'alpha.whl': 'the bytes of alpha' });
    const filled = await fillStore({ storeDir, wanted: [alpha], sources: [source], progress: silentProgress });
    expect(filled.failures).toEqual([expect.stringMatching(/^the folder .*a-file is not writable \(E/)]);
    expect(namesOf(filled.missing)).toEqual(['alpha']);
  });

  it('answers with the reason when a folder is in the place of a file', async () => {
    const storeDir = temporaryFolder();
    await mkdir(path.join(storeDir, 'wheels/alpha.whl'), { recursive: true });
    const source = sourceWith('source', { 'alpha.whl': 'the bytes of alpha' });
    const filled = await fillStore({ storeDir, wanted: [alpha], sources: [source], progress: silentProgress });
    expect(filled.failures).toEqual([expect.stringMatching(/^source: E/)]);
  });

  it('keeps what it has and asks nobody else after it was stopped', async () => {
    const storeDir = temporaryFolder();
    const stop = new AbortController();
    const first: Source = {
      ...sourceWith('first', {}),
      async fetch({ workDir, accept }) {
        await writeFile(path.join(workDir, 'alpha.whl'), 'the bytes of alpha');
        await accept(alpha, path.join(workDir, 'alpha.whl'));
        await writeFile(path.join(workDir, 'beta.whl'), 'the bytes');
        stop.abort();
        throw new Error('aborted');
      },
    };
    const second = sourceWith('second', { 'beta.whl': 'the bytes of beta' });
    const filled = await fillStore({
      storeDir,
      wanted: [alpha, beta],
      sources: [first, second],
      progress: silentProgress,
      signal: stop.signal,
    });
    expect(second.asked).toEqual([]);
    expect(filled.failures).toEqual(['first: aborted', 'stopped before the end']);
    expect(await wheelsIn(storeDir)).toEqual({ 'alpha.whl': 'the bytes of alpha' });
    expect(await leftoversIn(storeDir)).toEqual([]);
  });

  it('lets two fills run at once', async () => {
    const storeDir = temporaryFolder();
    const contents = { 'alpha.whl': 'the bytes of alpha', 'beta.whl': 'the bytes of beta' };
    const fill = () =>
      fillStore({
        storeDir,
        wanted: [alpha, beta],
        sources: [sourceWith('source', contents)],
        progress: silentProgress,
      });
    const both = await Promise.all([fill(), fill(), fill()]);
    for (const filled of both) {
      expect(filled.failures).toEqual([]);
      expect(filled.wheels).toHaveLength(2);
    }
    expect(await wheelsIn(storeDir)).toEqual(contents);
    expect(await leftoversIn(storeDir)).toEqual([]);
  });
});

describe('the folder of the store', () => {
  it('is what TABPY_TRAY_STORE says', () => {
    expect(defaultStoreDir({ TABPY_TRAY_STORE: '/somewhere/else' })).toBe(path.resolve('/somewhere/else'));
  });

  it('is .store beside package.json otherwise', async () => {
    const dir = defaultStoreDir({});
    expect(path.basename(dir)).toBe('.store');
    expect((await stat(path.join(dir, '../package.json'))).isFile()).toBe(true);
  });
});
