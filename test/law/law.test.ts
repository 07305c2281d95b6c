// The law of who may import whom, shown on code that breaks it: each fault is found, for its own reason.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cyclesIn, faultsOf, layerOf } from './faults.ts';
import { importsOf } from './imports.ts';
import { sourceFiles } from './source-files.ts';
import { lawOf } from './table.ts';

const root = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(root, 'ARCHITECTURE.md'), 'utf8');
const tool = (name: string): string => path.join(root, 'node_modules', '.bin', name);
const law = lawOf(page);

/** What is said of one file, apart from rights that a single file cannot use up. */
function faultsIn(file: string, code: string): string[] {
  return faultsOf(law, new Map([[file, code]])).filter((fault) => !fault.startsWith('ARCHITECTURE.md'));
}

describe('the law', () => {
  it('is kept by every file of the project', () => {
    const sources = new Map(sourceFiles(root).map((file) => [file, readFileSync(path.join(root, file), 'utf8')]));
    expect(sources.size).toBeGreaterThan(500);
    expect(faultsOf(law, sources)).toEqual([]);
  });

  it.each([
    ['src-shared/bad.ts', "import { readFileSync } from 'node:fs';", 'runs without Node'],
    [
      'src-shared/bad.ts',
      "import { x } from '../src-main/runtime/pool.ts';",
      'src-shared must not import src-main/runtime',
    ],
    ['src-shared/bad.ts', "import Koa from 'koa';", 'must not know the package koa'],
    ['src-main/disk/bad.ts', "import { x } from '../activity/log.ts';", 'disk must not import src-main/activity'],
    ['src-main/http/bad.ts', "import { x } from '../runtime/runtime.ts';", 'may import types of src-main/runtime only'],
    [
      'src-main/http/routes/bad.ts',
      "import { x } from '../../runtime/pool.ts';",
      'may import types of src-main/runtime only',
    ],
    [
      'src-main/http/bad.ts',
      "import { x } from '../engines/builtin/supply/node-python.ts';",
      'http must not import src-main/engines',
    ],
    ['src-main/http/bad.ts', "import { x } from '../listening/listen.ts';", 'http must not import src-main/listening'],
    [
      'src-main/http/bad.ts',
      "import { x } from '../settings/settings.ts';",
      'may import types of src-main/settings only',
    ],
    ['src-main/http/bad.ts', "import { app } from 'electron';", 'must not know the package electron'],
    [
      'src-main/http/bad.ts',
      "export { x } from '../shell/tray.ts';\nexport const y = 1;",
      'http must not import src-main/shell',
    ],
    ['src-main/http/bad.ts', "export const x = import('../shell/tray.ts');", 'http must not import src-main/shell'],
    ['src-main/runtime/bad.ts', "import Koa from 'koa';", 'must not know the package koa'],
    ['src-main/runtime/bad.ts', "import type { X } from '../http/app.ts';", 'runtime must not import src-main/http'],
    [
      'src-main/functions/bad.ts',
      "import type { X } from '../runtime/messages.ts';",
      'functions must not import src-main/runtime',
    ],
    [
      'src-main/engines/builtin/guest/bad.ts',
      "import { x } from '../host/seal.ts';",
      'must not import src-main/engines/builtin/host',
    ],
    ['src-main/engines/builtin/web/bad.ts', "import { readFileSync } from 'node:fs';", 'runs without Node'],
    [
      'src-main/engines/builtin/supply/bad.ts',
      "import { x } from '../../../composition/compose.ts';",
      'must not import src-main/composition',
    ],
    [
      'src-main/lifecycle/bad.ts',
      "import { x } from '../listening/listen.ts';",
      'may import types of src-main/listening only',
    ],
    [
      'src-main/instance/bad.ts',
      "import { x } from '../lifecycle/service.ts';",
      'instance must not import src-main/lifecycle',
    ],
    [
      'src-main/settings/bad.ts',
      "import { x } from '../activity/log.ts';",
      'settings must not import src-main/activity',
    ],
    [
      'src-main/launcher/bad.ts',
      "import { x } from '../composition/compose.ts';",
      'launcher must not import src-main/composition',
    ],
    [
      'src-main/shell/bad.ts',
      "import { x } from '../lifecycle/service.ts';",
      'may import types of src-main/lifecycle only',
    ],
    ['src-main/shell/bad.ts', "import { x } from '../../src-renderer/app.tsx';", 'shell must not import src-renderer'],
    ['src-main/composition/bad.ts', "import { app } from 'electron';", 'must not know the package electron'],
    ['src-main/preloads/bad.ts', "import { x } from '../shell/tray.ts';", 'preloads must not import src-main/shell'],
    ['src-main/preloads/bad.ts', "import { readFileSync } from 'node:fs';", 'runs without Node'],
    ['src-main/cli/bad.ts', "import Store from 'electron-store';", 'must not know the package electron-store'],
    [
      'src-renderer/features/home/bad.tsx',
      "import { x } from '../../../src-main/lifecycle/service.ts';",
      'must not import src-main/lifecycle',
    ],
    [
      'src-renderer/features/home/bad.tsx',
      "import { x } from '@codemirror/view';",
      'must not know the package @codemirror/view',
    ],
    [
      'src-renderer/components/bad.tsx',
      "import { x } from '../store/use-page.ts';",
      'components must not import src-renderer/store',
    ],
    [
      'src-renderer/store/bad.ts',
      "import { x } from '../components/button.tsx';",
      'store must not import src-renderer/components',
    ],
    [
      'src-renderer/code/bad.ts',
      "import { x } from '../store/use-page.ts';",
      'code must not import src-renderer/store',
    ],
    ['src-renderer/bridge/bad.ts', "import { x } from 'electron';", 'must not know the package electron'],
  ])('refuses in %s: %s', (file, code, reason) => {
    expect(faultsIn(file, code)).toEqual([expect.stringContaining(reason)]);
  });

  it.each([
    ['src-main/http/good.ts', "import type { X } from '../runtime/runtime.ts';"],
    ['src-main/http/good.ts', "import { type X } from '../runtime/runtime.ts';"],
    [
      'src-main/http/good.ts',
      "import { x } from '../functions/registry.ts';\nimport { y } from '../disk/regular-file.ts';",
    ],
    ['src-main/http/good.ts', "import Koa from 'koa';\nimport { readFileSync } from 'node:fs';"],
    ['src-main/activity/good.ts', "import { x } from '../../src-shared/function.ts';"],
    ['src-main/shell/ipc.ts', "import { ipcMain } from 'electron';"],
    [
      'src-renderer/features/home/good.tsx',
      "import { x } from '../../../src-shared/ipc.ts';\nimport { y } from '../../components/card.tsx';",
    ],
    ['test/good.ts', "import { x } from '../src-main/shell/tray.ts';\nimport { y } from 'vitest';"],
  ])('allows in %s: %s', (file, code) => {
    expect(faultsIn(file, code)).toEqual([]);
  });

  it('lets one file alone listen to pages', () => {
    const code = "import { app, ipcMain } from 'electron';\nexport const y = [app, ipcMain];";
    expect(faultsIn('src-main/shell/bad.ts', code)).toEqual([
      'src-main/shell/bad.ts: imports ipcMain of electron, which src-main/shell/ipc.ts alone may',
    ]);
    expect(faultsIn('src-main/entries/app.ts', code)).toHaveLength(1);
  });

  it('refuses a file in a folder without a row, and a loose file of the program', () => {
    expect(faultsIn('src-main/helpers/bad.ts', '')).toEqual([
      "src-main/helpers/bad.ts: its folder has no row in ARCHITECTURE.md's law",
    ]);
    expect(faultsIn('src-main/bad.ts', '')).toHaveLength(1);
    expect(layerOf(law, 'src-main/http/routes/a.ts')).toBe('src-main/http');
  });

  it('refuses a file that only passes on what others export', () => {
    expect(
      faultsIn('src-main/runtime/index.ts', "export * from './pool.ts';\nexport { x } from './lease.ts';\n"),
    ).toEqual(['src-main/runtime/index.ts: only passes on what other files export; import those']);
  });

  it('refuses a circle of files, of types too', () => {
    const sources = new Map([
      ['src-main/runtime/a.ts', "import type { B } from './b.ts';"],
      ['src-main/runtime/b.ts', "import { c } from './c.ts';"],
      ['src-main/runtime/c.ts', "import type { A } from './a.ts';"],
      ['src-main/runtime/d.ts', "import { c } from './c.ts';"],
    ]);
    expect(faultsOf(law, sources).filter((fault) => fault.startsWith('cycle'))).toEqual([
      'cycle: src-main/runtime/a.ts → src-main/runtime/b.ts → src-main/runtime/c.ts → src-main/runtime/a.ts',
    ]);
    expect(
      cyclesIn(
        new Map([
          ['a', ['b', 'c']],
          ['b', ['c']],
          ['c', []],
        ]),
      ),
    ).toEqual([]);
  });

  it('refuses a right that nobody uses, and one of values where types do', () => {
    const table = lawOf(
      page.replace(
        '| src-main/disk | safe,',
        '| src-main/disk | x | activity; types of settings | koa | yes |\n| src-x | safe,',
      ),
    );
    const faults = faultsOf(table, new Map([['src-main/disk/a.ts', "import type { X } from '../activity/log.ts';"]]));
    expect(faults).toContain('ARCHITECTURE.md: src-main/disk imports types of src-main/activity only; say so');
    expect(faults).toContain('ARCHITECTURE.md: src-main/disk may import types of src-main/settings, but no file does');
    expect(faults).toContain('ARCHITECTURE.md: src-main/disk may know the package koa, but no file does');
  });

  it('says which row of the table cannot be read', () => {
    expect(() => lawOf('# no table')).toThrow('has no table');
    expect(() => lawOf(page.replace('| src-main/disk |', '| src-main/disk | one cell more |'))).toThrow(
      'cannot read the row src-main/disk',
    );
    expect(() => lawOf(page.replace('types of runtime |', 'types of nowhere |'))).toThrow(
      'may import nowhere, which has no row',
    );
    expect(() => lawOf(page.replace('| src-main/disk |', '| src-shared |'))).toThrow('twice');
  });

  it('reads every way of importing', () => {
    const code =
      "import a, { type B } from './a.ts';\nimport type { C } from './c.ts';\nimport './d.css';\nexport type { E } from './e.ts';\nconst f = await import('./f.ts');\n";
    expect(importsOf('x.ts', code).map(({ from, isType, isPassedOn }) => [from, isType, isPassedOn])).toEqual([
      ['./a.ts', false, false],
      ['./c.ts', true, false],
      ['./d.css', false, false],
      ['./e.ts', true, true],
      ['./f.ts', false, false],
    ]);
    expect(() => importsOf('x.ts', 'import from from')).toThrow('x.ts:');
  });
});

describe('the check', () => {
  it('refuses a promise that nobody waits for', () => {
    const file = path.join(root, 'src-main/disk', `floating-${process.pid}.ts`);
    writeFileSync(file, 'async function work(): Promise<void> {}\nexport function start(): void {\n  work();\n}\n');
    const { status, stdout } = spawnSync(tool('oxlint'), ['--type-aware', path.relative(root, file)], {
      cwd: root,
      encoding: 'utf8',
    });
    rmSync(file);
    expect(stdout).toContain('no-floating-promises');
    expect(status).not.toBe(0);
  });
});

describe('the environments', () => {
  beforeAll(() => void mkdirSync(path.join(root, 'build'), { recursive: true }));

  it.each([
    ['src-shared', 'export const where = process.cwd();\n', "Cannot find name 'process'"],
    ['src-shared', 'export const title = document.title;\n', "Cannot find name 'document'"],
    ['src-main', 'export const title = document.title;\n', "Cannot find name 'document'"],
    ['src-main/engines/builtin/web', 'export const where = process.cwd();\n', "Cannot find name 'process'"],
    ['src-renderer', 'export const where = process.cwd();\n', "Cannot find name 'process'"],
    ['src-renderer', "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n", "'node:fs'"],
  ])('of %s refuse %j', (part, code, reason) => {
    const folder = mkdtempSync(path.join(root, 'build/environment-'));
    writeFileSync(path.join(folder, 'bad.ts'), code);
    writeFileSync(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: `../../${part}/tsconfig.json`,
        compilerOptions: { composite: false, noEmit: true, rootDir: '.', typeRoots: ['../../node_modules/@types'] },
        include: ['bad.ts'],
        references: [],
      }),
    );
    const { status, stdout } = spawnSync(tool('tsc'), ['-p', folder], { cwd: root, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(stdout).toContain(reason);
    expect(status).not.toBe(0);
  });
});
