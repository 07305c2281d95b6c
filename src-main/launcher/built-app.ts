// The bundle that Electron runs: checks whether it is older than the sources, and builds it. Must not know Electron.

import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** One file of each part; the build empties a part's folder before it writes it. */
const OUTPUTS = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html'];
const INPUTS = ['src-main', 'src-shared', 'src-renderer', 'electron.vite.config.ts', 'package-lock.json'];

/** Whether a part is missing or older than any source, or than a folder in which a source was added or removed. */
export function isStale(root: string): boolean {
  const built = OUTPUTS.map((file) => changedAt(path.join(root, file)));
  const newest = Math.max(...INPUTS.map((file) => newestBelow(path.join(root, file))));
  return built.some((time) => time === null || time < newest);
}

function changedAt(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

function newestBelow(file: string): number {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(file).reduce(
    (newest, name) => Math.max(newest, newestBelow(path.join(file, name))),
    found.mtimeMs,
  );
}

/** Builds it. @returns null on success, else the build tool's output */
export function buildApp(root: string): Promise<string | null> {
  let tool: string;
  try {
    tool = path.join(
      path.dirname(createRequire(import.meta.url).resolve('electron-vite/package.json')),
      'bin/electron-vite.js',
    );
  } catch {
    return Promise.resolve('electron-vite is not installed (run npm ci)');
  }
  const child = spawn(process.execPath, [tool, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part.toString()));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? null : said.join('').trim()));
  });
}
