// Which npm packages are passed on, by a lock file and by what a bundler says.

import { describe, expect, it } from 'vitest';
import { bundledPackages, packageFolderOf } from '../../../packaging/notices/bundled-packages.ts';
import { runtimeFolders } from '../../../packaging/notices/npm-packages.ts';
import type { Lock } from '../../../packaging/notices/npm-packages.ts';

describe('what the program needs as it runs', () => {
  it('is what it names and what that needs, each where Node would find it', () => {
    const lock: Lock = {
      '': { dependencies: { server: '1' } },
      'node_modules/server': { version: '1.0.0', dependencies: { types: '1', '@a/deep': '1' } },
      'node_modules/server/node_modules/types': { version: '1.0.0' },
      'node_modules/types': { version: '2.0.0' },
      'node_modules/@a/deep': { version: '1.0.0', dependencies: { types: '2' }, optionalDependencies: { absent: '1' } },
      'node_modules/only-for-tests': { version: '1.0.0' },
    };
    expect(runtimeFolders(lock)).toEqual([
      'node_modules/@a/deep',
      'node_modules/server',
      'node_modules/server/node_modules/types',
      'node_modules/types',
    ]);
  });

  it('is of Pyodide only what the image has, which is Pyodide itself', () => {
    const lock: Lock = {
      '': { dependencies: { pyodide: '1' } },
      'node_modules/pyodide': { version: '1.0.0', dependencies: { ws: '1' } },
      'node_modules/ws': { version: '1.0.0' },
    };
    expect(runtimeFolders(lock)).toEqual(['node_modules/pyodide']);
  });

  it('is followed once where packages need each other', () => {
    const lock: Lock = {
      '': { dependencies: { one: '1' } },
      'node_modules/one': { version: '1.0.0', dependencies: { other: '1' } },
      'node_modules/other': { version: '1.0.0', dependencies: { one: '1' } },
    };
    expect(runtimeFolders(lock)).toEqual(['node_modules/one', 'node_modules/other']);
  });
});

describe('what a bundle holds', () => {
  it.each([
    ['/a/node_modules/react/index.js', 'node_modules/react'],
    ['C:\\a\\node_modules\\@lezer\\lr\\dist\\index.js?v=1', 'node_modules/@lezer/lr'],
    ['/a/node_modules/x/node_modules/@y/z/i.js', 'node_modules/x/node_modules/@y/z'],
    ['\0vite/preload-helper.js', 'node_modules/vite'],
    ['/a/src-renderer/main.tsx', null],
  ])('knows the package of %j', (id, folder) => {
    expect(packageFolderOf(id)).toBe(folder);
  });

  it('is what is left of modules, not what was looked at', () => {
    const written: { fileName: string; source: string }[] = [];
    const emit = {
      emitFile(file: { type: 'asset'; fileName: string; source: string }) {
        written.push(file);
        return '';
      },
    };
    bundledPackages().generateBundle.call(emit, null, {
      'main.js': {
        type: 'chunk',
        isEntry: true,
        name: 'main',
        modules: {
          '/a/node_modules/kept/index.js': { renderedLength: 10 },
          '/a/node_modules/shaken-off/index.js': { renderedLength: 0 },
        },
      },
      'later.js': { type: 'chunk', modules: { '/a/node_modules/later/index.js': { renderedLength: 1 } } },
      'style.css': { type: 'asset', originalFileNames: ['/a/node_modules/styled/style.css'] },
    });
    expect(written).toEqual([
      {
        type: 'asset',
        fileName: 'main.packages.json',
        source: JSON.stringify(['node_modules/kept', 'node_modules/later', 'node_modules/styled']),
      },
    ]);
  });
});
