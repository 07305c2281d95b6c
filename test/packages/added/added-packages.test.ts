// Planning, fetching, checking and putting in place, with an index on loopback and in place of Python a resolver that takes
// the newest of everything. What the real one decides is in test/python; all of it together in test/journeys.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Refusal } from '../../../src-shared/refusal.ts';
import { createAddedPackages } from '../../../src-main/packages/added/added-packages.ts';
import type { AddedPackages, AddedPackagesDeps } from '../../../src-main/packages/added/added-packages.ts';
import type { Control } from '../../../src-main/packages/added/plans.ts';
import { openIndex } from '../../../src-main/packages/index/index-access.ts';
import { indexSource } from '../../../src-main/packages/index/index-source.ts';
import { silentProgress } from '../../../src-main/packages/progress.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { startIndex, tinyWheel } from '../support/tiny-wheels.ts';
import type { FakeIndex, TinyWheel } from '../support/tiny-wheels.ts';

const control = (signal = new AbortController().signal): Control => ({ signal, tell: () => undefined });

interface World {
  readonly packages: AddedPackages;
  readonly index: FakeIndex;
  readonly dir: string;
  /** What interpreters were given, the latest last: names of wheels. */
  readonly given: readonly (readonly string[])[];
  readonly warnings: readonly string[];
  readonly importable: Record<string, string>;
}

interface Begin {
  readonly asked: readonly string[];
  readonly wheels: readonly { readonly name: string }[];
}

async function worldOf(
  wheels: readonly TinyWheel[],
  more: Partial<AddedPackagesDeps> & { dir?: string } = {},
): Promise<World> {
  const index = await startIndex(...wheels);
  onTestFinished(() => index.close());
  const dir = more.dir ?? temporaryFolder();
  const given: string[][] = [];
  const warnings: string[] = [];
  const importable: Record<string, string> = {};
  const pagesOf = new Map<string, unknown>();
  let asked: Begin = { asked: [], wheels: [] };
  const nameOf = (spec: string): string => spec.split(/[=<>]/)[0]!.toLowerCase();
  const packages = createAddedPackages({
    dir,
    image: () =>
      Promise.resolve({
        bundled: [
          { name: 'numpy', version: '2', imports: ['numpy'] },
          { name: 'scikit-learn', version: '1.8.0', imports: ['sklearn'] },
        ],
        pyodide: { abi: '2026_0', builds: {} },
      }),
    openResolver: () =>
      Promise.resolve({
        close: () => undefined,
        ask(message) {
          const { begin, documents, standard } = message as {
            begin?: Begin;
            documents?: readonly { readonly name: string; readonly text: string | null; readonly url: string }[];
            standard?: true;
          };
          if (standard) return Promise.resolve({ standard: ['json'] });
          if (begin) asked = begin;
          for (const one of documents ?? []) pagesOf.set(one.name, one);
          const names = asked.asked.map(nameOf);
          const known = (name: string) => asked.wheels.find((one) => one.name === name);
          const need = names.filter((name) => !known(name) && !pagesOf.has(name));
          if (need.length > 0) return Promise.resolve({ need: need.map((name) => ({ kind: 'project', name })) });
          return Promise.resolve({
            plan: {
              there: [],
              packages: names.map((name) => {
                const there = known(name);
                if (there) return { ...there, url: null, isAsked: true, neededBy: [] };
                const { text, url } = pagesOf.get(name) as { text: string; url: string };
                const [file] = (
                  JSON.parse(text) as { files: { filename: string; url: string; hashes: { sha256: string } }[] }
                ).files;
                return {
                  name,
                  version: file!.filename.split('-')[1],
                  fileName: file!.filename,
                  sha256: file!.hashes.sha256,
                  source: 'index',
                  url: new URL(file!.url, url).href,
                  bytes: null,
                  isAsked: true,
                  neededBy: [],
                };
              }),
            },
          });
        },
      }),
    openIndex: () =>
      openIndex(
        { index: index.url, proxy: '' },
        {
          env: {},
          pip: () => Promise.resolve({ index: null, proxy: null, certificates: null }),
          usual: () => Promise.resolve(null),
        },
      ),
    findBuilds: () => Promise.resolve({ bytes: new Map(), fault: null }),
    sources: (access) => [indexSource(access.host, access.web, 1_000_000)],
    assemble: (files) => {
      given.push(files.map((one) => path.basename(one.path)));
      return Promise.resolve(files.length > 0 ? `/assembled/${given.length}` : null);
    },
    tryOut: () => Promise.resolve(importable),
    switchTo: () => Promise.resolve(),
    progress: () => silentProgress,
    warn: (text) => warnings.push(text),
    ...more,
  });
  await packages.read();
  await packages.open();
  return { packages, index, dir, given, warnings, importable };
}

const add = async ({ packages }: World, spec: string): Promise<void> =>
  packages.carryOut((await packages.plan(spec, control())).id, control());

describe('adding a package', () => {
  it.each([
    ['scikit-learn', []],
    [' Scikit_Learn ', []],
    ['sklearn', ['sklearn is a module of the package scikit-learn.']],
    ['sklearn.cluster', ['sklearn is a module of the package scikit-learn.']],
  ])('that is bundled is known without a look at the index: %j', async (word, notes) => {
    const { packages, index } = await worldOf([]);
    const plan = await packages.plan(word, control());
    expect(plan.packages).toEqual([]);
    expect(plan.notes).toEqual([...notes, 'scikit-learn 1.8.0 is part of TabPy Tray. Scripts can import sklearn.']);
    expect(index.asked).toEqual([]);
  });

  it('by the name of its module adds the package, and says so', async () => {
    const world = await worldOf([tinyWheel('opencv-python')]);
    const plan = await world.packages.plan('cv2', control());
    expect(plan.packages).toMatchObject([{ name: 'opencv-python', isAsked: true }]);
    expect(plan.notes).toEqual(['cv2 is a module of the package opencv-python.']);
    await world.packages.carryOut(plan.id, control());
    expect(world.packages.list()).toMatchObject([{ name: 'opencv-python', asked: 'opencv-python' }]);
    const version = await world.packages.plan('cv2==1.0', control());
    expect(version.packages).toMatchObject([{ name: 'opencv-python' }]);
  });

  it('says what scripts can import of it', async () => {
    const files = { 'colours/__init__.py': '', '_colours.py': '', 'shades.py': '' };
    const world = await worldOf([tinyWheel('colourful', { files })]);
    await add(world, 'colourful');
    expect(world.packages.list()).toMatchObject([{ imports: ['colours', 'shades'] }]);
    expect((await world.packages.plan('shades', control())).notes).toEqual([
      'shades is a module of the package colourful.',
    ]);
  });

  it('changes nothing before it is carried out, and then is kept over a restart', async () => {
    const world = await worldOf([tinyWheel('seaglass')]);
    const plan = await world.packages.plan('seaglass', control());
    expect(plan.packages).toMatchObject([{ name: 'seaglass', version: '1.0', isThere: false }]);
    expect(world.packages.list()).toEqual([]);
    expect(world.index.asked).toEqual(['/simple/seaglass/']);
    await world.packages.carryOut(plan.id, control());
    expect(world.packages.list()).toMatchObject([{ name: 'seaglass', asked: 'seaglass', fault: null }]);
    expect(world.packages.brings('seaglass')).toBe(true);
    const again = await worldOf([], { dir: world.dir });
    expect(again.given.at(-1)).toEqual(['seaglass-1.0-py3-none-any.whl']);
    expect(again.packages.list()).toMatchObject([{ name: 'seaglass', fault: null }]);
  });

  it('refuses a file whose SHA-256 is not the one that the index named', async () => {
    const world = await worldOf([tinyWheel('seaglass')]);
    const plan = await world.packages.plan('seaglass', control());
    world.index.instead = (request, response) => {
      if (!request.url!.startsWith('/files/')) return false;
      response.end(tinyWheel('seaglass', { files: { 'seaglass.py': 'steal()' } }).bytes);
      return true;
    };
    await expect(world.packages.carryOut(plan.id, control())).rejects.toThrow('is not the file it should be');
    expect(world.packages.list()).toEqual([]);
    expect(world.given).toEqual([[]]);
  });

  it('refuses a wheel that is not what it says, and changes nothing', async () => {
    const world = await worldOf([tinyWheel('trojan', { files: { 'json.py': '' } })]);
    await expect(add(world, 'trojan')).rejects.toThrow(Refusal);
    await expect(add(world, 'trojan')).rejects.toThrow("a module 'json', which is a part of Python itself");
    expect(world.packages.list()).toEqual([]);
    expect(existsSync(path.join(world.dir, 'packages.json'))).toBe(false);
  });

  it('stopped in the middle changes nothing, and goes on where it stopped', async () => {
    const big = tinyWheel('large', { files: { 'large.py': '# '.repeat(100_000) } });
    const world = await worldOf([big]);
    const plan = await world.packages.plan('large', control());
    const stop = new AbortController();
    world.index.instead = (request, response) => {
      if (!request.url!.startsWith('/files/') || request.headers.range !== undefined) return false;
      response.writeHead(200, { 'content-length': big.bytes.length });
      response.write(big.bytes.subarray(0, 50_000), () => setTimeout(() => stop.abort(), 50));
      return true;
    };
    await expect(world.packages.carryOut(plan.id, control(stop.signal))).rejects.toThrow('aborted');
    expect(world.packages.list()).toEqual([]);
    const ranges: (string | undefined)[] = [];
    world.index.instead = (request) => {
      ranges.push(request.headers.range);
      return false;
    };
    await world.packages.carryOut(plan.id, control());
    expect(ranges[0]).toMatch(/^bytes=\d+-$/);
    expect(world.packages.list()).toMatchObject([{ name: 'large' }]);
  });

  it('is taken back when Python does not start with it', async () => {
    let isBroken = false;
    const world = await worldOf([tinyWheel('seaglass'), tinyWheel('oddity')], {
      switchTo: () => (isBroken ? Promise.reject(new Error('Python does not start')) : Promise.resolve()),
    });
    await add(world, 'seaglass');
    isBroken = true;
    await expect(add(world, 'oddity')).rejects.toThrow('Python does not start');
    expect(world.packages.list().map(({ name }) => name)).toEqual(['seaglass']);
    const lock = JSON.parse(readFileSync(path.join(world.dir, 'packages.json'), 'utf8')) as { packages: unknown[] };
    expect(lock.packages).toHaveLength(1);
  });

  it('says of a package that it cannot be imported, and why', async () => {
    const world = await worldOf([tinyWheel('sulky')]);
    world.importable['sulky'] = 'ImportError : it needs threads';
    await add(world, 'sulky');
    expect(world.packages.list()).toMatchObject([{ fault: 'Python cannot import it: ImportError : it needs threads' }]);
  });

  it('does not carry out a plan that was made before another change', async () => {
    const world = await worldOf([tinyWheel('seaglass'), tinyWheel('oddity')]);
    const [one, other] = [
      await world.packages.plan('seaglass', control()),
      await world.packages.plan('oddity', control()),
    ];
    await world.packages.carryOut(one.id, control());
    await expect(world.packages.carryOut(other.id, control())).rejects.toThrow('Look again');
    await expect(world.packages.carryOut(999, control())).rejects.toThrow('Look again');
  });

  it('takes a file, and never looks its name up on the index', async () => {
    const world = await worldOf([tinyWheel('ourmodels', { version: '9.9' }), tinyWheel('seaglass')]);
    const { fileName, bytes } = tinyWheel('ourmodels');
    await world.packages.carryOut((await world.packages.planFile(fileName, bytes, control())).id, control());
    await add(world, 'seaglass');
    const updates = await world.packages.planUpdates(control());
    expect(updates.packages.find(({ name }) => name === 'ourmodels')).toMatchObject({ version: '1.0', isThere: true });
    expect(world.index.asked.filter((asked) => asked.includes('ourmodels'))).toEqual([]);
  });
});

describe('what was added', () => {
  it('is left out and told when its file was changed, while the rest stays', async () => {
    const world = await worldOf([tinyWheel('seaglass'), tinyWheel('oddity')]);
    await add(world, 'seaglass');
    await add(world, 'oddity');
    writeFileSync(path.join(world.dir, 'wheels/oddity-1.0-py3-none-any.whl'), 'changed');
    const again = await worldOf([], { dir: world.dir });
    expect(again.given).toEqual([['seaglass-1.0-py3-none-any.whl']]);
    expect(again.warnings).toEqual([expect.stringContaining('damaged or for another Python: oddity')]);
    expect(again.packages.list().find(({ name }) => name === 'oddity')?.fault).toContain('Add the package again');
    expect(again.packages.brings('oddity')).toBe(false);
  });

  it('is taken out with its files', async () => {
    const world = await worldOf([tinyWheel('seaglass')]);
    await add(world, 'seaglass');
    await world.packages.remove('Seaglass', control());
    expect(world.packages.list()).toEqual([]);
    expect(world.given.at(-1)).toEqual([]);
    expect(readdirSync(path.join(world.dir, 'wheels'))).toEqual([]);
    await expect(world.packages.remove('seaglass', control())).rejects.toThrow('is not among the added packages');
  });

  it('keeps nobody from starting when it cannot be put together', async () => {
    const world = await worldOf([tinyWheel('seaglass')]);
    await add(world, 'seaglass');
    const again = await worldOf([], { dir: world.dir, assemble: () => Promise.reject(new Error('a and b clash.')) });
    expect(again.warnings).toEqual([expect.stringContaining('a and b clash.')]);
    expect(await again.packages.open()).toBe(null);
  });
});
