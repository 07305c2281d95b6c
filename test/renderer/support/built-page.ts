// The page as it is delivered: built, served with the window's own policy. Must not know what is tested.

import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { headersFor, pageFileFor } from '../../../src-main/shell/page-files.ts';
import { PAGE_URL } from '../../../src-main/shell/window-policy.ts';

export interface BuiltPage {
  /** Ends with `/`. */
  readonly url: string;
  /** Where the page's files are. */
  readonly folder: string;
  /** The text of a script that puts the fake program on a window; see fake-window.ts. */
  readonly fakeScript: string;
  close(): Promise<void>;
}

const root = path.resolve(import.meta.dirname, '../../..');

/** Builds page and fake into a temporary folder and serves the page on loopback. */
export async function buildPage(): Promise<BuiltPage> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tabpy-tray-page-'));
  // The test runner's own would bring React's slow build.
  const environment = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    root: path.join(root, 'src-renderer'),
    base: './',
    // As electron.vite.config.ts.
    build: { outDir: path.join(folder, 'page'), emptyOutDir: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 1_000 },
  });
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    build: {
      outDir: path.join(folder, 'fake'),
      emptyOutDir: true,
      lib: {
        entry: path.join(import.meta.dirname, 'fake-window.ts'),
        formats: ['iife'],
        name: 'fakeWindow',
        fileName: () => 'fake.js',
      },
    },
  });
  process.env['NODE_ENV'] = environment;
  const server = createServer((request, response) => {
    const address = request.url === '/' ? '/index.html' : (request.url ?? '/');
    const file = pageFileFor(new URL(address, PAGE_URL).href);
    const content = file === null ? Promise.reject(new Error('no file')) : readFile(path.join(folder, 'page', file));
    content.then(
      (bytes) => response.writeHead(200, headersFor(file ?? '')).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    folder: path.join(folder, 'page'),
    fakeScript: await readFile(path.join(folder, 'fake/fake.js'), 'utf8'),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}
