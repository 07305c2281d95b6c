// How the tray app is bundled into out/: the program, its preloads and the page. Must not know how it is packaged.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { bundledPackages } from './packaging/notices/bundled-packages.ts';

const from = (name: string): string => path.join(import.meta.dirname, name);

// One bundle each: a sandboxed preload can require nothing but Electron, not even a chunk beside it.
const preloads = Object.fromEntries(
  ['preload', 'interpreter-preload']
    .map((name) => [name, from(`src-main/preloads/${name}.ts`)] as const)
    .filter(([, file]) => existsSync(file)),
);

/** Puts Python that the program runs beside the program, where it looks for it. */
const besideProgram = {
  name: 'beside-program',
  generateBundle(this: { emitFile(file: { type: 'asset'; fileName: string; source: string }): void }): void {
    const fileName = 'look_into.py';
    this.emitFile({ type: 'asset', fileName, source: readFileSync(from(`src-main/environments/${fileName}`), 'utf8') });
  },
};

export default defineConfig({
  main: {
    plugins: [bundledPackages(), besideProgram],
    build: {
      outDir: 'out/main',
      target: 'node24',
      // Dependencies stay packages, so that what runs is what npm checked; electron-builder takes them along.
      externalizeDeps: true,
      rolldownOptions: {
        input: { main: from('src-main/entries/app.ts') },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  },
  preload: {
    plugins: [bundledPackages()],
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      isolatedEntries: true,
      rolldownOptions: {
        input: preloads,
        // CommonJS, the only kind that Electron loads into a sandboxed page.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: from('src-renderer'),
    base: './',
    plugins: [react(), bundledPackages()],
    build: {
      outDir: 'out/renderer',
      // The page's policy allows no data: addresses, and no script that is not a file.
      assetsInlineLimit: 0,
      minify: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: from('src-renderer/index.html') },
    },
  },
});
