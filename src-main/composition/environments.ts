// Joins environments with the rest: the index and the proxy that packages use, and the setting of the default. Must not
// decide anything about environments.

import { homedir } from 'node:os';
import path from 'node:path';
import type { EnvironmentsState } from '../../src-shared/environment.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { Log } from '../activity/log.ts';
import { createEnvironmentCalls } from '../calls/environment-calls.ts';
import type { EnvironmentsForPage, StandardEnvironment } from '../calls/environment-calls.ts';
import { Environments } from '../environments/environments.ts';
import { findPythons } from '../environments/found-pythons.ts';
import { lookInto } from '../environments/look-into.ts';
import { uvProgram } from '../environments/uv-program.ts';
import { uvWheelFor } from '../environments/uv-wheels.ts';
import { openIndex } from '../packages/index/index-access.ts';
import { pipSettings } from '../packages/index/pip-config.ts';
import { progressAsSteps } from '../packages/progress.ts';

export interface EnvironmentPartsDeps {
  readonly dataDir: string;
  readonly settings: () => Settings;
  readonly changeSettings: (changes: Partial<Settings>) => Promise<unknown>;
  /** PyPI's own address; null when it is unknown here. Needs Python. */
  readonly usualIndex: () => Promise<string | null>;
  /** The path of the Python of the user's that runs; null for the built-in one. */
  readonly runningProgram: () => string | null;
  readonly onChange: (state: EnvironmentsState) => void;
  readonly log: Log;
}

export interface EnvironmentParts {
  readonly environments: Environments;
  readonly forPage: EnvironmentsForPage;
}

/** With it the answers of a native engine are written fastest. */
const ALWAYS = ['orjson', 'cloudpickle'];

export function createEnvironmentParts(deps: EnvironmentPartsDeps): EnvironmentParts {
  const { dataDir, settings, log } = deps;
  const dir = path.join(dataDir, 'environments');
  const { env, platform } = process;
  const pip = () => pipSettings({ env, platform, home: homedir() });
  const environments = new Environments({
    dataDir,
    lookInto: (python, signal) => lookInto(python, signal ? { signal } : {}),
    findPythons: () => findPythons({ env, platform, home: homedir(), folders: [process.cwd()] }),
    isRunning: (python) => deps.runningProgram() === python,
    warn: (text) => log.warn(text),
    managed: {
      dir,
      always: ALWAYS,
      uv: ({ signal, tell }) =>
        uvProgram(
          {
            dir: path.join(dir, 'uv'),
            wheel: uvWheelFor(platform, process.arch, isGlibc()),
            platform,
            openIndex: () =>
              openIndex(
                { index: settings().packageIndex, proxy: settings().packageProxy },
                { env, pip, usual: deps.usualIndex },
              ),
          },
          progressAsSteps(({ fraction }) => tell('Fetching uv, which makes environments', fraction)),
          signal,
        ),
      async settings() {
        const ofPip = await pip();
        return {
          index: settings().packageIndex || ofPip.index,
          proxy: settings().packageProxy || ofPip.proxy || '',
          certificates: ofPip.certificates,
          env,
        };
      },
    },
  });
  const forPage = createEnvironmentCalls({
    environments,
    standard: standardEnvironment(settings, deps.changeSettings),
    onChange: deps.onChange,
    log,
  });
  return { environments, forPage };
}

/** The setting `python`. */
export function standardEnvironment(
  settings: () => Settings,
  changeSettings: (changes: Partial<Settings>) => Promise<unknown>,
): StandardEnvironment {
  return {
    read: () => settings().python,
    async choose(name) {
      await changeSettings({ python: name });
    },
  };
}

/** On Linux, whether this program runs with glibc, as most do. */
function isGlibc(): boolean {
  const { header } = process.report.getReport() as { readonly header: { readonly glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime !== undefined;
}
