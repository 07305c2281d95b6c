// Makes the installers of this operating system in dist/ (`npm run dist`). Options go to electron-builder: `npm run
// dist -- --dir`. What an installer contains stands in electron-builder.yml.

import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { buildApp } from '../../src-main/launcher/built-app.ts';
import { createProgress } from '../../src-main/packages/progress.ts';
import { preparePython } from '../../src-main/engines/builtin/supply/prepare-python.ts';
import { CHECKSUMS_FILE } from '../../src-main/engines/builtin/supply/ready-image.ts';
import type { ResourceChecksums } from '../../src-main/engines/builtin/supply/ready-image.ts';
import { writeNotices } from '../notices/notices.ts';
import { stageImage } from './python-image.ts';
import { builderOptionsFor, repositoryAt } from './repository.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** The place of the image in electron-builder.yml. */
export const STAGED_IMAGE = path.join(ROOT, 'build/python-image');

/** Prepares everything that electron-builder.yml names. @throws Error with what is missing */
export async function prepareInstallers(say: (text: string) => void): Promise<void> {
  say('Preparing Python');
  const { imageDir, missing } = await preparePython({
    say,
    tell: ({ text, fraction }) => fraction === null && say(text),
    progress: createProgress(process.stderr),
  });
  if (missing.length > 0)
    throw new Error(`An installer must bring all packages, and these are missing: ${missing.join(', ')}.`);
  const pythonImageManifest = await stageImage(imageDir, STAGED_IMAGE);
  say('Building the app');
  const fault = await buildApp(ROOT);
  if (fault !== null) throw new Error(`The app cannot be built: ${fault}`);
  say('Collecting licences');
  await writeNotices();
  const checksums: ResourceChecksums = { pythonImageManifest };
  writeFileSync(path.join(ROOT, CHECKSUMS_FILE), JSON.stringify(checksums));
}

/** Runs electron-builder; shows and returns its output. */
function runBuilder(args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  const builder = path.dirname(createRequire(import.meta.url).resolve('electron-builder/package.json'));
  const child = spawn(process.execPath, [path.join(builder, 'cli.js'), '--publish', 'never', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from.on('data', (part: Buffer) => {
      said.push(part.toString());
      to.write(part);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, said: said.join('') }));
  });
}

async function main(args: readonly string[]): Promise<number> {
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  try {
    await prepareInstallers(say);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  }
  const { stdout, status } = spawnSync('git', ['remote', 'get-url', 'origin'], { cwd: ROOT, encoding: 'utf8' });
  const repository = repositoryAt(status === 0 ? stdout : null);
  if (repository === null)
    say('This clone does not come from GitHub: the program will not look for updates, and no .deb is made.');
  const { code, said } = await runBuilder([...builderOptionsFor(repository, process.platform), ...args]);
  if (code !== 0 && /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET|Response code 40\d/.test(said)) {
    process.stderr.write(
      "\nThe app is built (out/) and Python is staged (build/python-image), but Electron's program or a packaging tool cannot be\n" +
        'downloaded from here. Set ELECTRON_MIRROR and ELECTRON_BUILDER_BINARIES_MIRROR to places that can be reached, or\n' +
        'name a folder with an unpacked Electron: npm run dist -- --dir -c.electronDist=FOLDER\n',
    );
  }
  return code;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
