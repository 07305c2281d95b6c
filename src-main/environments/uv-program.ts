// Gets uv ready: finds its wheel in the package index, fetches and checks it, and unpacks the program into the data
// folder. Must not know what uv is used for.

import { createWriteStream } from 'node:fs';
import { chmod, mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { Refusal } from '../../src-shared/refusal.ts';
import { indexSource } from '../packages/index/index-source.ts';
import type { IndexAccess } from '../packages/index/index-access.ts';
import type { Progress } from '../packages/progress.ts';
import { fillStore } from '../packages/store/store.ts';
import { addressOfFile } from './index-page.ts';
import { UV_VERSION } from './uv-wheels.ts';
import type { UvWheel } from './uv-wheels.ts';

export interface UvProgramDeps {
  /** The folder that it is kept in. */
  readonly dir: string;
  /** Null: there is no uv for this kind of computer. */
  readonly wheel: UvWheel | null;
  readonly platform: NodeJS.Platform;
  readonly openIndex: () => Promise<IndexAccess>;
}

/** @returns the path of uv. @throws Refusal when it cannot be fetched */
export async function uvProgram(deps: UvProgramDeps, progress: Progress, signal: AbortSignal): Promise<string> {
  const { dir, wheel, platform } = deps;
  if (wheel === null)
    throw new Refusal(
      'refused',
      'There is no uv for this kind of computer, so no managed environment can be made. Make one yourself, with venv or conda, and add it.',
    );
  const name = platform === 'win32' ? 'uv.exe' : 'uv';
  // Named by the checksum of its wheel: a file of another version is never used.
  const program = path.join(dir, `${wheel.sha256.slice(0, 32)}-${name}`);
  if ((await stat(program).catch(() => null))?.isFile()) return program;
  await fetchWheel(deps, { wheel, progress, signal });
  await unpack(path.join(dir, 'wheels', wheel.fileName), `uv-${UV_VERSION}.data/scripts/${name}`, program);
  await rm(path.join(dir, 'wheels'), { recursive: true, force: true });
  return program;
}

async function fetchWheel(
  { dir, openIndex }: UvProgramDeps,
  { wheel, progress, signal }: { readonly wheel: UvWheel; readonly progress: Progress; readonly signal: AbortSignal },
): Promise<void> {
  const { fileName, sha256, bytes } = wheel;
  const index = await openIndex();
  try {
    const page = await index.page('uv', signal);
    const url = addressOfFile(page, fileName);
    if (url === null || !index.allows(url))
      throw new Refusal(
        'refused',
        `uv ${UV_VERSION}, which makes environments, could not be fetched: ${page.fault ?? `${index.host} does not offer ${fileName}`}. Check the proxy and the index under Settings.`,
      );
    const wanted = { name: 'uv', version: UV_VERSION, fileName, sha256, need: 'extra', pip: null, url } as const;
    const sources = [indexSource(index.host, index.web, bytes + 1)];
    const filled = await fillStore({ storeDir: dir, wanted: [wanted], sources, progress, signal });
    signal.throwIfAborted();
    if (filled.missing.length > 0)
      throw new Refusal(
        'refused',
        `uv ${UV_VERSION}, which makes environments, could not be fetched (${filled.failures.join('; ')}). Try again.`,
      );
  } finally {
    index.web.close();
  }
}

/** Puts one file of a checked wheel into its place in one step. */
async function unpack(wheel: string, entryName: string, target: string): Promise<void> {
  const part = `${target}.part`;
  const zip = await openPromise(wheel);
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== entryName) continue;
      await mkdir(path.dirname(target), { recursive: true });
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(part));
      await chmod(part, 0o755);
      return await rename(part, target);
    }
  } finally {
    zip.close();
  }
  throw new Error(`${path.basename(wheel)} contains no ${entryName}`);
}
