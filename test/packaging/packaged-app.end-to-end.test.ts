// The app as electron-builder packages it, around a stand-in for Electron's program, which only real networks have.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareInstallers } from '../../packaging/installers/dist.ts';
import { NOTICES_FILE, SBOM_FILE } from '../../packaging/notices/notices.ts';
import { readLock } from '../../packaging/notices/npm-packages.ts';
import { TRAY_SHAPES } from '../../packaging/icons/plan.ts';
import { checkReadyImage, readyImageIn } from '../../src-main/engines/builtin/supply/ready-image.ts';
import { extractArchive, filesOfArchive, packageWith, root, standInElectron } from './support/builder.ts';

// Electron for Linux is what the stand-in looks like; without the page there is nothing to bundle.
const canPackage = process.platform === 'linux' && existsSync(path.join(root, 'src-renderer/index.html'));

describe.runIf(canPackage)('the packaged app', () => {
  let scratch: string;
  let appDir: string;
  /** The archive's content. */
  let archived: string;
  const resources = (...parts: string[]): string => path.join(appDir, 'resources', ...parts);
  beforeAll(async () => {
    scratch = mkdtempSync(path.join(tmpdir(), 'tabpy-tray-test-package-'));
    await prepareInstallers(() => undefined);
    const electron = path.join(scratch, 'electron');
    standInElectron(electron, '45.4.1');
    appDir = packageWith(electron, path.join(scratch, 'dist'));
    archived = path.join(scratch, 'archived');
    extractArchive(resources('app.asar'), archived);
    // An image may have to be made first.
  }, 600_000);
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  it('archives what is bundled and what that needs: no sources, tests, types or maps', () => {
    const files = filesOfArchive(resources('app.asar'));
    const tops = new Set(files.map((file) => file.split('/')[0]));
    expect(tops).toEqual(new Set(['node_modules', 'out', 'package.json']));
    const unwanted =
      /\.(?:ts|mts|cts|tsx|map|py|whl)$|(?:^|\/)(?!licen[cs]e|notice|copying)[^/]*\.md$|\.packages\.json$|\/(?:test|tests|__tests__|spec)\/|\/pyodide\//i;
    // What looks into a Python of the user's is text that this Python runs.
    expect(files.filter((file) => unwanted.test(file))).toEqual([expect.stringMatching(/^out\/.*\/look_into\.py$/)]);
  });

  it('starts from a program whose fuses are set', async () => {
    const fuses = await getCurrentFuseWire(path.join(appDir, 'tabpy-tray'));
    expect(fuses[FuseV1Options.RunAsNode]).toBe(FuseState.DISABLE);
    expect(fuses[FuseV1Options.EnableNodeOptionsEnvironmentVariable]).toBe(FuseState.DISABLE);
    expect(fuses[FuseV1Options.EnableNodeCliInspectArguments]).toBe(FuseState.DISABLE);
    expect(fuses[FuseV1Options.EnableEmbeddedAsarIntegrityValidation]).toBe(FuseState.ENABLE);
    expect(fuses[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE);
  });

  it('finds everything that its program imports inside the archive', () => {
    const { main } = JSON.parse(readFileSync(path.join(archived, 'package.json'), 'utf8')) as { main: string };
    expect(existsSync(path.join(archived, main))).toBe(true);
    const folder = path.dirname(path.join(archived, main));
    const imported = new Set(
      readdirSync(folder).flatMap((name) =>
        [
          ...readFileSync(path.join(folder, name), 'utf8').matchAll(
            /(?:^import |from |import\()\s*["']([^."'][^"']*)["']/gm,
          ),
        ].map((match) => match[1]!),
      ),
    );
    // electron-store asks Electron's app for its folder when it is loaded: it cannot be loaded here, but must be there.
    const packages = [...imported].filter((name) => !isBuiltin(name) && name !== 'electron');
    expect(packages).toContain('koa');
    const script = packages
      .map((name) => (name === 'electron-store' ? `import.meta.resolve('${name}');` : `await import('${name}');`))
      .join('\n');
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: archived,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('has preloads that need nothing but Electron, for they run in a sandbox', () => {
    const folder = path.join(archived, 'out/preload');
    expect(readdirSync(folder).toSorted()).toEqual(['interpreter-preload.cjs', 'preload.cjs']);
    for (const name of readdirSync(folder)) {
      const required = [...readFileSync(path.join(folder, name), 'utf8').matchAll(/\brequire\(["']([^"']+)["']\)/g)];
      expect(required.map((match) => match[1])).toEqual(['electron']);
    }
  });

  it("has a page of files only, as the page's policy demands", () => {
    const folder = path.join(archived, 'out/renderer');
    const html = readFileSync(path.join(folder, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<script(?![^>]* src=)|style="|<style/);
    // `data:,` keeps a browser from asking for a favicon.
    const named = [...html.matchAll(/(?:src|href)="(?!data:,)([^"]+)"/g)].map((match) => match[1]!);
    expect(named.length).toBeGreaterThan(0);
    for (const file of named) expect(existsSync(path.join(folder, file))).toBe(true);
  });

  it('brings Python, which the archive vouches for, and needs no network for it', async () => {
    const image = readyImageIn({ isPackaged: true, resourcesDir: resources(), appDir: archived, env: {} });
    expect(await checkReadyImage(image)).toBe(image.dir);
    const files = readdirSync(image.dir);
    expect(files).not.toContain('guest.cache');
    expect(files).toEqual(expect.arrayContaining(['page.html', 'page.js', 'worker.js', 'heap.bin', 'files.bin']));
  });

  it('brings the licences of everything in it, and the list of it', () => {
    const text = readFileSync(resources('licences', NOTICES_FILE), 'utf8');
    const { components } = JSON.parse(readFileSync(resources('licences', SBOM_FILE), 'utf8')) as {
      components: { purl: string }[];
    };
    const listed = new Set(components.map(({ purl }) => decodeURIComponent(purl)));
    const packages = packagesIn(filesOfArchive(resources('app.asar')), archived);
    expect(packages.length).toBeGreaterThan(50);
    for (const { name, version } of packages) {
      expect(listed).toContain(`pkg:npm/${name}@${version}`);
      expect(text).toContain(`\n${name} ${version}\n`);
    }
  });

  it('leaves each package in the archive the licence that it came with', () => {
    const files = new Set(filesOfArchive(resources('app.asar')));
    const installed = new Map(
      Object.entries(readLock(root)).map(([folder, { version }]) => [
        `${folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version}`,
        folder,
      ]),
    );
    // electron-builder puts some into other folders than npm did.
    const lost = packagesIn(files, archived).flatMap(({ folder, name, version }) =>
      readdirSync(path.join(root, installed.get(`${name}@${version}`)!))
        .filter((file) => /^(?:licen[cs]e|notice|copying)(?:\..*)?$/i.test(file) && !files.has(`${folder}/${file}`))
        .map((file) => `${folder}/${file}`),
    );
    expect(lost).toEqual([]);
  });

  it("keeps Electron's and Chromium's licences beside the program", () => {
    expect(readdirSync(appDir)).toEqual(expect.arrayContaining(['LICENSE.electron.txt', 'LICENSES.chromium.html']));
  });

  it('brings the icons of the tray', () => {
    const icons = readdirSync(resources('assets/tray'));
    for (const shape of TRAY_SHAPES) expect(icons).toContain(`${shape}-dark.ico`);
    expect(icons).not.toContain('source');
  });
});

interface ArchivedPackage {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
}

function packagesIn(files: Iterable<string>, archived: string): readonly ArchivedPackage[] {
  return [...files].flatMap((file) => {
    const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^@/]+)\/package\.json$/.exec(file)?.[1];
    if (folder === undefined) return [];
    const about = JSON.parse(readFileSync(path.join(archived, file), 'utf8')) as { name: string; version: string };
    return [{ folder, name: about.name, version: about.version }];
  });
}
