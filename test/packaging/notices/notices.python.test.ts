// The licences and the list of everything that is passed on, made from the real bundles, packages and wheels.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { JsonStrictValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { npmComponents, productAt } from '../../../packaging/notices/components.ts';
import type { Component } from '../../../packaging/notices/component.ts';
import { faultsOf } from '../../../packaging/notices/licence-policy.ts';
import { NOTICES_FILE, SBOM_FILE, writeNotices } from '../../../packaging/notices/notices.ts';
import { sbomOf } from '../../../packaging/notices/sbom.ts';
import { buildApp, isStale } from '../../../src-main/launcher/built-app.ts';
import { wantedFiles } from '../../../src-main/packages/store/package-list.ts';
import { silentProgress } from '../../../src-main/packages/progress.ts';
import { defaultSources } from '../../../src-main/packages/store/sources.ts';
import { defaultStoreDir, fillStore } from '../../../src-main/packages/store/store.ts';
import { root } from '../support/builder.ts';

interface Sbom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly components: readonly {
    readonly name: string;
    readonly version?: string;
    readonly purl: string;
    readonly licenses: readonly object[];
    readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  }[];
}

describe('the notices', () => {
  let folder: string;
  let components: readonly Component[];
  let text: string;
  let sbom: Sbom;
  beforeAll(async () => {
    // On a clean clone the wheels have to be fetched first.
    await fillStore({
      storeDir: defaultStoreDir(),
      wanted: wantedFiles(),
      sources: defaultSources(undefined),
      progress: silentProgress,
    });
    if (isStale(root)) expect(await buildApp(root)).toBeNull();
    folder = mkdtempSync(path.join(tmpdir(), 'tabpy-tray-test-notices-'));
    components = await writeNotices(folder);
    text = readFileSync(path.join(folder, NOTICES_FILE), 'utf8');
    sbom = JSON.parse(readFileSync(path.join(folder, SBOM_FILE), 'utf8')) as Sbom;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('hold what runs, what is in bundles, in the image and inside of those', () => {
    const names = components.map(({ name }) => name);
    const program = ['koa', '@astral-sh/ruff-wasm-nodejs', 'electron', 'electron-updater'];
    const page = ['react', 'react-dom', 'scheduler', 'react-aria-components', '@codemirror/view', 'style-mod'];
    const python = ['pyodide', 'CPython', 'numpy', 'nltk', 'vaderSentiment', 'Emscripten', 'FreeType'];
    expect(names).toEqual(expect.arrayContaining([...program, ...page, ...python]));
  });

  it('hold nothing that is only for building and testing', () => {
    const names = components.map(({ name }) => name);
    for (const name of ['vitest', 'typescript', 'electron-builder', 'ws', 'playwright-core', '@types/emscripten'])
      expect(names).not.toContain(name);
  });

  it('have a name, a version, a licence and its text for each', () => {
    expect(faultsOf(components)).toEqual([]);
    for (const { name, version, licence, texts } of components) {
      const title = version === '*' ? name : `${name} ${version}`;
      expect(text).toContain(`\n${title}\nLicence: ${licence}\n`);
      for (const one of texts) expect(text).toContain(one.text.replaceAll('\r\n', '\n').trim());
    }
  });

  it('acknowledge those who ask for it', () => {
    expect(text).toContain('based in part on the work of the Independent JPEG Group');
    expect(text).toContain('copyright The FreeType Project');
    expect(text).toContain('Changes made to Python');
    expect(text).toContain('LICENSES.chromium.html');
  });

  it("have a list for programs that fits CycloneDX's schema", async () => {
    const validator = new JsonStrictValidator(Version.v1dot6);
    expect(await validator.validate(JSON.stringify(sbom))).toBeNull();
    expect(await validator.validate(JSON.stringify({ ...sbom, components: [{ name: 'typeless' }] }))).not.toBeNull();
    expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
  });

  it('list the same components for people and for programs', () => {
    expect(sbom.components.map(({ purl }) => purl).toSorted()).toEqual(components.map(({ purl }) => purl).toSorted());
    expect(sbom.components.filter(({ licenses }) => licenses.length === 0)).toEqual([]);
  });

  it('name Python packages as PyPI does, so that the screen About finds each', () => {
    const names = components.flatMap(({ purl }) => /^pkg:pypi\/(.*)@/.exec(purl)?.[1] ?? []);
    expect(names.length).toBeGreaterThan(25);
    expect(names.filter((name) => name !== name.toLowerCase().replaceAll(/[-_.]+/g, '-'))).toEqual([]);
  });

  it('give the checksum that the lock file or the list of wheels has', () => {
    const numpy = wantedFiles().find(({ name }) => name === 'numpy')!;
    const listed = sbom.components.find(({ name }) => name === 'numpy')!;
    expect(listed.purl).toBe(`pkg:pypi/numpy@${numpy.version}`);
    expect(listed.hashes).toEqual([{ alg: 'SHA-256', content: numpy.sha256 }]);
    expect(sbom.components.find(({ purl }) => purl.startsWith('pkg:npm/%40koa/router@'))!.hashes).toEqual([
      { alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) as string },
    ]);
  });

  it('are the same whenever they are made', () => {
    const product = productAt(root);
    expect(sbomOf(product, components.toReversed())).toBe(sbomOf(product, components));
    expect(readFileSync(path.join(folder, SBOM_FILE), 'utf8')).toBe(sbomOf(product, components));
    expect(sbomOf(product, components.slice(1))).not.toContain(sbom.serialNumber);
  });

  it('cannot be made where no bundle says what it holds', () => {
    expect(() => npmComponents(root, path.join(folder, 'nothing'))).toThrow('Run npm run build');
  });

  it('are in the package that npm makes', async () => {
    await writeNotices();
    const { stdout, status } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    expect(status).toBe(0);
    const answer = JSON.parse(stdout) as Readonly<Record<string, { files: { path: string }[] }>>;
    const files = Object.values(answer)[0]!.files.map((file) => file.path);
    expect(files).toEqual(
      expect.arrayContaining(['LICENSE', `build/notices/${NOTICES_FILE}`, `build/notices/${SBOM_FILE}`]),
    );
    expect(files).toContain('src-main/entries/cli.ts');
    expect(files.filter((file) => /^(?:test|node_modules|\.store|build\/python-image)\//.test(file))).toEqual([]);
  });
});
