// Managed environments, made by the real uv from an index on loopback: what is in them, that they repeat, and that a
// failure leaves nothing.

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { EnvironmentContents } from '../../src-shared/environment.ts';
import { startIndex, tinyWheel } from '../packages/support/tiny-wheels.ts';
import type { FakeIndex } from '../packages/support/tiny-wheels.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { environmentsIn, whyNoUv } from './support/managed-environments.ts';

const listOf = (...packages: readonly string[]): EnvironmentContents => ({
  kind: 'packages',
  text: packages.join('\n'),
});
const foldersIn = (dir: string): readonly string[] => readdirSync(dir).filter((name) => /^[0-9a-f]{32}$/.test(name));

describe.skipIf(whyNoUv !== null)(`a managed environment${whyNoUv === null ? '' : ` (${whyNoUv})`}`, () => {
  let index: FakeIndex;
  const shades = tinyWheel('shades', { version: '1.1' });
  const colourful = tinyWheel('colourful', { requires: ['shades>=1'] });
  beforeAll(async () => {
    index = await startIndex(colourful, shades, tinyWheel('shades', { version: '0.9' }), tinyWheel('painter'));
  });
  afterAll(() => index.close());

  it('has the packages that were asked for and those that they need, locked by checksum', async () => {
    const dataDir = temporaryFolder();
    const { environments, dir, told, control } = await environmentsIn(dataDir, index.url);
    const made = await environments.create({ name: 'lab', python: null, contents: listOf('colourful') }, control);
    const packages = [
      { name: 'colourful', version: '1.0' },
      { name: 'shades', version: '1.1' },
    ];
    expect(made).toMatchObject({ name: 'lab', kind: 'managed', packages, fault: null });
    const [folder] = foldersIn(dir);
    expect(path.dirname(path.dirname(path.dirname(made.python)))).toBe(path.join(dir, folder!));
    const lock = readFileSync(path.join(dir, folder!, 'lock.txt'), 'utf8');
    expect(lock).toContain(`shades==1.1 \\\n    --hash=sha256:${shades.sha256}`);
    expect(told).toEqual([
      'Looking for a Python',
      'Choosing versions',
      'Downloading and installing 2 packages',
      'Looking into the new environment',
    ]);
    // A later program finds it as it is.
    expect((await environmentsIn(dataDir, index.url)).environments.list()).toEqual([made]);
  });

  it('is the same folder again for the same lock, and is kept until nothing uses it', async () => {
    const { environments, dir, control } = await environmentsIn(temporaryFolder(), index.url);
    const one = await environments.create({ name: 'one', python: null, contents: listOf('painter') }, control);
    const two = await environments.create({ name: 'two', python: null, contents: listOf('painter==1.0') }, control);
    expect(two.python).toBe(one.python);
    await environments.remove('one');
    expect(existsSync(two.python)).toBe(true);
    expect(environments.find('two')?.fault).toBeNull();
    await environments.remove('two');
    expect(foldersIn(dir)).toEqual([]);
    expect(existsSync(path.join(dir, 'cache'))).toBe(false);
    expect(environments.list()).toEqual([]);
  });

  it('gets and loses packages with a new lock, in a new folder', async () => {
    const { environments, dir, control } = await environmentsIn(temporaryFolder(), index.url);
    const before = await environments.create({ name: 'lab', python: null, contents: listOf('painter') }, control);
    const after = await environments.change('lab', ['colourful'], ['painter'], control);
    expect(after.packages.map(({ name }) => name)).toEqual(['colourful', 'shades']);
    expect(existsSync(before.python)).toBe(false);
    expect(foldersIn(dir)).toHaveLength(1);
    await expect(environments.change('lab', [], ['shades'], control)).rejects.toThrow(
      'shades was not asked for by name',
    );
  });

  it('is made from a requirements file with hashes, a uv.lock and a pylock.toml, as they are', async () => {
    const { environments, control } = await environmentsIn(temporaryFolder(), index.url);
    const base = index.url.replace('/simple/', '');
    const { fileName, sha256, bytes } = shades;
    const url = `${base}/files/${fileName}`;
    const wheel = `{ url = "${url}", hash = "sha256:${sha256}", size = ${bytes.length} }`;
    const texts = {
      requirements: `shades==1.1 --hash=sha256:${sha256}\n`,
      'uv.lock': [
        'version = 1\nrevision = 3\nrequires-python = ">=3.10"\n',
        '[[package]]\nname = "app"\nversion = "1"\nsource = { virtual = "." }\ndependencies = [{ name = "shades" }]\n',
        `[[package]]\nname = "shades"\nversion = "1.1"\nsource = { registry = "${index.url}" }\nwheels = [${wheel}]\n`,
      ].join('\n'),
      'pylock.toml': [
        'lock-version = "1.0"\ncreated-by = "test"\n',
        `[[packages]]\nname = "shades"\nversion = "1.1"\nwheels = [{ url = "${url}", size = ${bytes.length}, hashes = { sha256 = "${sha256}" } }]\n`,
      ].join('\n'),
    } as const;
    for (const kind of ['requirements', 'uv.lock', 'pylock.toml'] as const) {
      const wish = { name: `by-${kind}`, python: null, contents: { kind, text: texts[kind] } };
      const made = await environments.create(wish, control);
      expect(made.packages).toEqual([{ name: 'shades', version: '1.1' }]);
    }
    const grown = await environments.change('by-pylock.toml', ['painter'], [], control);
    expect(grown.packages.map(({ name, version }) => `${name} ${version}`)).toEqual(['painter 1.0', 'shades 1.1']);
  });

  it('is not made of a file that is not the one of the lock', async () => {
    const { environments, dir, control } = await environmentsIn(temporaryFolder(), index.url);
    const text = `shades==1.1 --hash=sha256:${'0'.repeat(64)}\n`;
    const making = environments.create(
      { name: 'lab', python: null, contents: { kind: 'requirements', text } },
      control,
    );
    await expect(making).rejects.toThrow(/uv could not do this: .*[Hh]ash/);
    expect(environments.list()).toEqual([]);
    expect(foldersIn(dir)).toEqual([]);
  });

  it('says what cannot be found or is not taken', async () => {
    const { environments, dir, control } = await environmentsIn(temporaryFolder(), index.url);
    const create = (...packages: readonly string[]) =>
      environments.create({ name: 'lab', python: null, contents: listOf(...packages) }, control);
    await expect(create('no-such-package')).rejects.toThrow(/uv could not do this: .*no-such-package/);
    await expect(create('shades<0.1')).rejects.toThrow(/uv could not do this: .*shades/);
    await expect(create('-e .')).rejects.toThrow('names a folder or a file');
    expect(readdirSync(dir).filter((name) => name !== 'cache')).toEqual([]);
  });

  it('is not made of a package that the index has without a wheel', async () => {
    const sources = await startIndex();
    onTestFinished(() => sources.close());
    const file = { filename: 'only_source-1.0.tar.gz', url: '../../files/only_source-1.0.tar.gz' };
    const page = {
      meta: { 'api-version': '1.1' },
      name: 'only-source',
      files: [{ ...file, hashes: { sha256: 'a'.repeat(64) } }],
    };
    sources.instead = (request, response) => {
      if (request.url !== '/simple/only-source/') return false;
      response.writeHead(200, { 'content-type': 'application/vnd.pypi.simple.v1+json' }).end(JSON.stringify(page));
      return true;
    };
    const { environments, control } = await environmentsIn(temporaryFolder(), sources.url);
    const making = environments.create({ name: 'lab', python: null, contents: listOf('only-source') }, control);
    await expect(making).rejects.toThrow(/uv could not do this: .*only-source.*(?:wheel|build)/);
    expect(sources.asked).not.toContain('/files/only_source-1.0.tar.gz');
  });

  it('builds nothing, also where a lock names a folder', async () => {
    const { environments, control } = await environmentsIn(temporaryFolder(), index.url);
    const project = temporaryFolder();
    const trace = path.join(project, 'trace');
    writeFileSync(path.join(project, 'setup.py'), `open(${JSON.stringify(trace)}, 'w').close()\n`);
    const text = `lock-version = "1.0"\ncreated-by = "test"\n\n[[packages]]\nname = "evil"\ndirectory = { path = ${JSON.stringify(project)} }\n`;
    const wish = { name: 'lab', python: null, contents: { kind: 'pylock.toml', text } } as const;
    await expect(environments.create(wish, control)).rejects.toThrow(/uv could not do this: .*build/i);
    expect(existsSync(trace)).toBe(false);
  });

  it('leaves nothing when it is cancelled', async () => {
    const silent = await startIndex();
    try {
      const stop = new AbortController();
      silent.instead = () => {
        stop.abort(new Error('cancelled by the user'));
        return true;
      };
      const dataDir = temporaryFolder();
      const { environments, dir, control } = await environmentsIn(dataDir, silent.url, {}, stop.signal);
      const making = environments.create({ name: 'lab', python: null, contents: listOf('painter') }, control);
      await expect(making).rejects.toThrow('cancelled by the user');
      expect(readdirSync(dir).filter((name) => name !== 'cache')).toEqual([]);
      expect(environments.list()).toEqual([]);
    } finally {
      await silent.close();
    }
  });

  it('is made again when its making broke off, and is told of when it is gone', async () => {
    const dataDir = temporaryFolder();
    const { environments, dir, control } = await environmentsIn(dataDir, index.url);
    const made = await environments.create({ name: 'lab', python: null, contents: listOf('painter') }, control);
    const [folder] = foldersIn(dir);
    rmSync(path.join(dir, folder!, 'complete.json'));
    rmSync(path.join(dir, folder!, 'venv/lib'), { recursive: true, force: true });
    await environments.create({ name: 'again', python: null, contents: listOf('painter') }, control);
    expect(await environments.look('lab', control)).toEqual({ environment: made, changes: [] });
    rmSync(path.join(dir, folder!), { recursive: true });
    const later = await environmentsIn(dataDir, index.url);
    expect(later.environments.find('lab')?.fault).toBe(
      `${made.python} is no longer there. Remove it and make it again.`,
    );
  });

  it('survives a damaged list: what was made is found again, and nothing is downloaded', async () => {
    const dataDir = temporaryFolder();
    const first = await environmentsIn(dataDir, index.url);
    const made = await first.environments.create(
      { name: 'lab', python: null, contents: listOf('painter') },
      first.control,
    );
    writeFileSync(path.join(dataDir, 'environments.json'), '{');
    const later = await environmentsIn(dataDir, index.url);
    expect(later.warned).toEqual([expect.stringContaining('The list of environments was damaged')]);
    expect(existsSync(made.python)).toBe(true);
    const again = await later.environments.create(
      { name: 'lab', python: null, contents: listOf('painter') },
      later.control,
    );
    expect(again).toEqual(made);
    expect(later.told).not.toContain('Downloading and installing 1 package');
  });

  it('needs a Python of this computer, and says so when there is none', async () => {
    const found = { findPythons: () => Promise.resolve([]) };
    const { environments, control } = await environmentsIn(temporaryFolder(), index.url, found);
    await expect(
      environments.create({ name: 'lab', python: null, contents: listOf('painter') }, control),
    ).rejects.toThrow('No Python 3.11 to 3.14 was found on this computer, and TabPy Tray downloads none.');
  });
});
