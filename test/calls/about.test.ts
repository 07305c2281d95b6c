import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NOTICES_FILE, SBOM_FILE } from '../../packaging/notices/notices.ts';
import { sbomOf } from '../../packaging/notices/sbom.ts';
import type { Component } from '../../packaging/notices/component.ts';
import { aboutProgram } from '../../src-main/calls/about.ts';
import { ISSUES_PAGE, PROGRAM_VERSION } from '../../src-main/instance/version.ts';
import { NO_PACKAGES } from '../../src-shared/package.ts';

const component = (name: string, version: string, licence: string, ecosystem: string): Component => ({
  name,
  version,
  licence,
  texts: [],
  note: null,
  purl: `pkg:${ecosystem}/${name}@${version}`,
  hash: null,
  place: 'the image of Python',
});

describe('about', () => {
  let noticesDir: string;
  beforeEach(() => {
    noticesDir = mkdtempSync(path.join(tmpdir(), 'tabpy-tray-test-about-'));
  });
  afterEach(() => rmSync(noticesDir, { recursive: true, force: true }));

  const about = (bundled: readonly { name: string; version: string }[] = []) =>
    aboutProgram({
      program: () => ({ version: '1.2.3', python: '3.14.2', platform: 'linux', surface: 'app', dataDir: '/data' }),
      packages: () => ({ ...NO_PACKAGES, bundled: bundled.map((one) => ({ ...one, imports: [] })) }),
      noticesDir,
      issues: 'https://example.com/issues',
    });

  it('tells versions, the data folder and where problems are told', async () => {
    expect(await about()).toMatchObject({
      version: '1.2.3',
      python: '3.14.2',
      dataDir: '/data',
      issues: 'https://example.com/issues',
    });
  });

  it('gives the licences of what was packaged, and each package its own', async () => {
    writeFileSync(path.join(noticesDir, NOTICES_FILE), 'all the licences');
    const components = [
      component('typing-extensions', '4.15.0', 'PSF-2.0', 'pypi'),
      component('regex', '2026.3', 'Apache-2.0 AND CNRI-Python', 'pypi'),
      component('pyodide', '314.0.4', 'MPL-2.0', 'npm'),
    ];
    writeFileSync(path.join(noticesDir, SBOM_FILE), sbomOf({ name: 'x', version: '1', licence: 'MIT' }, components));
    const { licences, packages, pyodide } = await about([
      { name: 'typing_extensions', version: '4.15.0' },
      { name: 'regex', version: '2026.3' },
      { name: 'regex', version: '2027.1' },
    ]);
    expect(licences).toEqual({ kind: 'text', place: noticesDir, text: 'all the licences' });
    expect(packages.map(({ licence }) => licence)).toEqual(['PSF-2.0', 'Apache-2.0 AND CNRI-Python', null]);
    expect(pyodide).toBe('314.0.4');
  });

  it('says where the licences belong in a clone that has none, and knows no licence', async () => {
    const { licences, packages, pyodide } = await about([{ name: 'numpy', version: '2.4.3' }]);
    expect(licences).toEqual({ kind: 'none', place: noticesDir });
    expect(packages).toEqual([{ name: 'numpy', version: '2.4.3', licence: null }]);
    expect(pyodide).toBeNull();
  });

  it.each(['not JSON', '[]', '{"components":[null,{"purl":1}]}', '{"components":{}}'])(
    'shows the rest when the list is damaged: %s',
    async (text) => {
      writeFileSync(path.join(noticesDir, SBOM_FILE), text);
      const { packages } = await about([{ name: 'numpy', version: '2.4.3' }]);
      expect(packages).toEqual([{ name: 'numpy', version: '2.4.3', licence: null }]);
    },
  );

  it('takes the version and the page for problems from package.json', () => {
    const file = path.resolve(import.meta.dirname, '../../package.json');
    const { version, bugs } = JSON.parse(readFileSync(file, 'utf8')) as { version: string; bugs?: string };
    expect(PROGRAM_VERSION).toBe(version);
    expect(ISSUES_PAGE).toBe(bugs ?? null);
  });
});
