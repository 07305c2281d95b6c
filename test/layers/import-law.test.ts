// The law of who may import whom, proven on code that breaks it: each known-bad file must fail the check, for its own reason.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const tool = (name: string): string => path.join(root, 'node_modules', '.bin', name);

/** Lints one file as if it lay in the project. */
function lint(folder: string, file: string, code: string): { readonly isRefused: boolean; readonly output: string } {
  const target = path.join(folder, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, code);
  const { status, stdout, stderr } = spawnSync(tool('oxlint'), ['-c', '.oxlintrc.json', file], {
    cwd: folder,
    encoding: 'utf8',
  });
  rmSync(target);
  return { isRefused: status !== 0, output: `${stdout}${stderr}` };
}

describe('the import law', () => {
  let folder: string;
  beforeAll(() => {
    mkdirSync(path.join(root, 'build'), { recursive: true });
    folder = mkdtempSync(path.join(root, 'build/layers-'));
    cpSync(path.join(root, '.oxlintrc.json'), path.join(folder, '.oxlintrc.json'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    [
      'src-shared/bad.ts',
      "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n",
      'src-shared knows no Node',
    ],
    [
      'src-shared/bad.ts',
      "import { x } from '../src-main/runtime/pool.ts';\nexport const y = x;\n",
      'imports nothing of ours',
    ],
    [
      'src-main/server/bad.ts',
      "import { x } from '../runtime/runtime.ts';\nexport const y = x;\n",
      'import its types only',
    ],
    [
      'src-main/server/routes/bad.ts',
      "import { x } from '../../runtime/pool.ts';\nexport const y = x;\n",
      'import its types only',
    ],
    [
      'src-main/server/bad.ts',
      "import { x } from '../interpreter/launch.ts';\nexport const y = x;\n",
      'must not import this part',
    ],
    [
      'src-main/script-files/bad.ts',
      "import { x } from '../endpoints/files.ts';\nexport const y = x;\n",
      'script-files must not import this part',
    ],
    [
      'src-main/take-over/bad.ts',
      "import { x } from '../service/service.ts';\nexport const y = x;\n",
      'take-over must not import this part',
    ],
    [
      'src-main/take-over/bad.ts',
      "import { x } from '../runtime/runtime.ts';\nexport const y = x;\n",
      'import its types only',
    ],
    [
      'src-main/endpoints/bad.ts',
      "import { x } from '../take-over/take-over.ts';\nexport const y = x;\n",
      'endpoints must not import this part',
    ],
    [
      'src-main/runtime/bad.ts',
      "import { x } from '../script-files/scan.ts';\nexport const y = x;\n",
      'must not import this part',
    ],
    [
      'src-main/launcher/bad.ts',
      "import { x } from '../compose.ts';\nexport const y = x;\n",
      'launcher must not import this part',
    ],
    ['src-main/launcher/bad.ts', "import { app } from 'electron';\nexport const y = app;\n", 'know Electron'],
    ['src-main/server/bad.ts', "import { app } from 'electron';\nexport const y = app;\n", 'know Electron'],
    ['src-main/runtime/bad.ts', "import Koa from 'koa';\nexport const y = Koa;\n", 'know Koa'],
    [
      'src-main/runtime/bad.ts',
      "import { x } from '../server/app.ts';\nexport const y = x;\n",
      'must not import this part',
    ],
    [
      'src-main/endpoints/bad.ts',
      "import { x } from '../runtime/messages.ts';\nexport const y = x;\n",
      'must not import this part',
    ],
    [
      'src-main/interpreter/bad.ts',
      "import { x } from '../server/app.ts';\nexport const y = x;\n",
      'must not import this part',
    ],
    [
      'src-main/endpoints/bad.ts',
      "import { loadPyodide } from 'pyodide';\nexport const y = loadPyodide;\n",
      'knows Pyodide',
    ],
    [
      'src-main/service/bad.ts',
      "import { x } from '../compose.ts';\nexport const y = x;\n",
      'do not know who puts them together',
    ],
    [
      'src-main/activity/bad.ts',
      "import { x } from '../endpoints/registry.ts';\nexport const y = x;\n",
      'must not import this part',
    ],
    [
      'src-main/console/bad.ts',
      "import { x } from '../service/service.ts';\nexport const y = x;\n",
      'must not import this part',
    ],
    [
      'src-main/desk/bad.ts',
      "import { x } from '../service/service.ts';\nexport const y = x;\n",
      'must not import this part',
    ],
    [
      'src-main/service/bad.ts',
      "import { x } from '../desk/desk.ts';\nexport const y = x;\n",
      'must not import this part',
    ],
    [
      'src-main/settings/bad.ts',
      "import { x } from '../activity/log.ts';\nexport const y = x;\n",
      'must not import this part',
    ],
    [
      'src-main/server/bad.ts',
      "import { x } from '../settings/settings.ts';\nexport const y = x;\n",
      'import its types only',
    ],
    [
      'src-main/packages/bad.ts',
      "import { x } from '../runtime/pool.ts';\nexport const y = x;\n",
      'must not import this part',
    ],
    [
      'src-main/shell/bad.ts',
      "import { ipcMain } from 'electron';\nexport const y = ipcMain;\n",
      'Only shell/ipc.ts listens to pages',
    ],
    [
      'src-main/main.ts',
      "import { app, ipcMain } from 'electron';\nexport const y = [app, ipcMain];\n",
      'Only shell/ipc.ts listens to pages',
    ],
    [
      'src-main/shell/bad.ts',
      "import { x } from '../service/service.ts';\nexport const y = x;\n",
      'import its types only',
    ],
    [
      'src-main/shell/bad.ts',
      "import { x } from '../server/app.ts';\nexport const y = x;\n",
      'must not import this part',
    ],
    [
      'src-main/shell/ipc.ts',
      "import { x } from '../compose.ts';\nexport const y = x;\n",
      'do not know who puts them together',
    ],
    [
      'src-main/shell/bad.ts',
      "import { x } from '../../src-renderer/app.tsx';\nexport const y = x;\n",
      'does not know its page',
    ],
    ['src-main/compose.ts', "import { app } from 'electron';\nexport const y = app;\n", 'know Electron'],
    ['src-main/headless.ts', "import Store from 'electron-store';\nexport const y = Store;\n", 'know Electron'],
    ['src-main/preload.ts', "import { x } from './shell/tray.ts';\nexport const y = x;\n", 'nothing else of ours'],
    [
      'src-main/preload.ts',
      "import { readFileSync } from 'node:fs';\nexport const y = readFileSync;\n",
      'it knows no Node',
    ],
    [
      'src-renderer/views/home/bad.tsx',
      "import { x } from '../../../src-main/service/service.ts';\nexport const y = x;\n",
      'import from src-shared only',
    ],
    ['src-renderer/bad.ts', "import { x } from 'koa';\nexport const y = x;\n", 'react and react-aria-components only'],
    [
      'src-renderer/bad.ts',
      "import { x } from 'node:fs';\nexport const y = x;\n",
      'react and react-aria-components only',
    ],
    [
      'src-renderer/bad.ts',
      "import { x } from 'electron';\nexport const y = x;\n",
      'react and react-aria-components only',
    ],
    [
      'src-renderer/components/bad.tsx',
      "import { x } from '../state/use-page.ts';\nexport const y = x;\n",
      'Components know neither store',
    ],
    [
      'src-renderer/components/bad.tsx',
      "import { x } from 'valibot';\nexport const y = x;\n",
      'react-aria-components only',
    ],
    [
      'src-renderer/views/home/bad.tsx',
      "import { x } from '@codemirror/view';\nexport const y = x;\n",
      'react and react-aria-components only',
    ],
    [
      'src-renderer/code/bad.ts',
      "import { x } from '../state/use-page.ts';\nexport const y = x;\n",
      'Code knows neither store',
    ],
    ['src-renderer/code/bad.ts', "import { x } from 'valibot';\nexport const y = x;\n", 'CodeMirror and react only'],
    [
      'src-renderer/state/bad.ts',
      "import { x } from '../components/button.tsx';\nexport const y = x;\n",
      'does not know how it is drawn',
    ],
    [
      'src-renderer/bridge/bad.ts',
      "import { x } from 'electron';\nexport const y = x;\n",
      'react-aria-components only',
    ],
    [
      'src-main/interpreter/web/bad.ts',
      "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n",
      'know no Node',
    ],
    ['src-main/interpreter/web/bad.ts', "import { app } from 'electron';\nexport const y = app;\n", 'know Electron'],
    [
      'src-main/interpreter/web/bad.ts',
      "import { x } from '../../server/app.ts';\nexport const y = x;\n",
      'must not import this part',
    ],
    [
      'src-main/interpreter-preload.ts',
      "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n",
      'it knows no Node',
    ],
    [
      'src-main/interpreter-preload.ts',
      "import { x } from './runtime/pool.ts';\nexport const y = x;\n",
      'nothing else of ours',
    ],
    [
      'src-main/shell/interpreter-window.ts',
      "import { x } from '../interpreter/web-image.ts';\nexport const y = x;\n",
      'must not import this part',
    ],
    ['src-main/window-interpreters.ts', "import { app } from 'electron';\nexport const y = app;\n", 'know Electron'],
  ])('refuses in %s: %j', (file, code, reason) => {
    const { isRefused, output } = lint(folder, file, code);
    expect(output).toContain(reason);
    expect(isRefused).toBe(true);
  });

  it.each([
    ['src-main/server/good.ts', "import type { X } from '../runtime/runtime.ts';\nexport type Y = X;\n"],
    ['src-main/server/good.ts', "import { x } from '../endpoints/registry.ts';\nexport const y = x;\n"],
    ['src-main/server/good.ts', "import Koa from 'koa';\nexport const y = Koa;\n"],
    ['src-main/activity/good.ts', "import { x } from '../../src-shared/endpoint.ts';\nexport const y = x;\n"],
    ['src-main/shell/ipc.ts', "import { ipcMain } from 'electron';\nexport const y = ipcMain;\n"],
    ['src-main/shell/good.ts', "import type { X } from '../service/service.ts';\nexport type Y = X;\n"],
    ['src-main/main.ts', "import { app } from 'electron';\nexport const y = app;\n"],
    ['src-main/preload.ts', "import { x } from '../src-shared/ipc.ts';\nexport const y = x;\n"],
    [
      'src-renderer/views/home/good.tsx',
      "import { x } from '../../../src-shared/ipc.ts';\nimport { y } from '../../components/card.tsx';\nexport const z = [x, y];\n",
    ],
    ['src-renderer/good.tsx', "import { createRoot } from 'react-dom/client';\nexport const y = createRoot;\n"],
    ['src-renderer/code/good.ts', "import { EditorView } from '@codemirror/view';\nexport const y = EditorView;\n"],
    ['src-renderer/components/good.tsx', "import { Button } from 'react-aria-components';\nexport const y = Button;\n"],
  ])('allows in %s: %j', (file, code) => {
    expect(lint(folder, file, code)).toMatchObject({ isRefused: false });
  });

  it('refuses a promise that nobody waits for', () => {
    const file = path.join(root, 'src-main', `floating-${process.pid}.ts`);
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
  it.each([
    ['src-shared', 'export const where = process.cwd();\n', "Cannot find name 'process'"],
    ['src-shared', 'export const title = document.title;\n', "Cannot find name 'document'"],
    ['src-main', 'export const title = document.title;\n', "Cannot find name 'document'"],
    ['src-main/interpreter/web', 'export const where = process.cwd();\n', "Cannot find name 'process'"],
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
