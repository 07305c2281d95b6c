// Environments in a folder of a test's own, made by the real uv from an index on loopback. Must not reach any other index.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { Environments } from '../../../src-main/environments/environments.ts';
import type { EnvironmentsDeps } from '../../../src-main/environments/environments.ts';
import { lookInto } from '../../../src-main/environments/look-into.ts';
import type { Control, ManagedDeps } from '../../../src-main/environments/managed.ts';
import { pythonTool } from '../../support/python-env.ts';

const uv = pythonTool('uv');

/** Why uv is not there, for the title of what is skipped; null: it is. */
export const whyNoUv = existsSync(uv) ? null : `${uv} is missing: remove .venv, then npm run check makes it again`;

export interface TestedEnvironments {
  readonly environments: Environments;
  /** The folder of all managed environments. */
  readonly dir: string;
  readonly told: readonly string[];
  readonly control: Control;
  readonly warned: readonly string[];
}

/** The environments of a data folder. The Python of the tests is the only one that is found. */
export async function environmentsIn(
  dataDir: string,
  index: string,
  {
    managed = {},
    ...more
  }: Partial<Omit<EnvironmentsDeps, 'managed'>> & { readonly managed?: Partial<ManagedDeps> } = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<TestedEnvironments> {
  const [told, warned]: [string[], string[]] = [[], []];
  const dir = path.join(dataDir, 'environments');
  const environments = new Environments({
    dataDir,
    lookInto: (python, stop) => lookInto(python, stop ? { signal: stop } : {}),
    findPythons: () => Promise.resolve([{ kind: 'system', python: pythonTool('python'), version: null }]),
    isRunning: () => false,
    warn: (text) => void warned.push(text),
    managed: {
      dir,
      always: [],
      uv: () => Promise.resolve(uv),
      settings: () => Promise.resolve({ index, proxy: '', certificates: null, env: {} }),
      ...managed,
    },
    ...more,
  });
  await environments.open();
  return { environments, dir, told, warned, control: { signal, tell: (text) => void told.push(text) } };
}
