import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { wantedFiles } from '../../../src-main/packages/store/package-list.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

describe('the list of packages', () => {
  const files = wantedFiles();
  const named = (name: string) => files.find((file) => file.name === name);

  it('names every file once, with a whole SHA-256', () => {
    expect(new Set(files.map((file) => file.fileName)).size).toBe(files.length);
    for (const file of files) expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('takes in what a package depends on', () => {
    expect(named('scikit-learn')).toMatchObject({ version: '1.8.0', need: 'science' });
    for (const name of ['joblib', 'threadpoolctl', 'six', 'typing-extensions', 'urllib3'])
      expect(named(name)).toBeDefined();
  });

  it('takes cloudpickle from PyPI, where it can be had without the CDN', () => {
    expect(named('cloudpickle')).toMatchObject({ need: 'core', pip: 'cloudpickle==3.1.2' });
  });

  it('takes the build of msgspec for our platform from PyPI', () => {
    const fileName = 'msgspec-0.22.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl';
    expect(named('msgspec')).toMatchObject({ need: 'core', pip: 'msgspec==0.22.0', fileName });
  });

  it('brings the time zones that pandas asks for', () => {
    expect(named('tzdata')).toMatchObject({ need: 'science' });
  });

  it('brings what the sentiment model asks for, from where there is no CDN', () => {
    for (const name of ['nltk', 'textblob', 'vadersentiment'])
      expect(named(name)).toMatchObject({ need: 'extra', pip: expect.stringContaining('==') as string });
  });

  it('counts on nothing that only the CDN has', () => {
    for (const name of ['statsmodels', 'patsy']) expect(named(name)).toMatchObject({ need: 'optional' });
  });

  it('refuses a lock whose file names lead elsewhere', () => {
    const lock = path.join(temporaryFolder(), 'lock.json');
    const bad = { name: 'x', version: '1', file_name: '../../evil.whl', sha256: '0'.repeat(64), depends: [] };
    writeFileSync(lock, JSON.stringify({ packages: { 'pydantic-core': bad } }));
    expect(() => wantedFiles(lock)).toThrow('Bad file name');
  });
});
