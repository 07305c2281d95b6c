// The Python that the settings choose: the built-in engine, or the native engine with a Python of the user's. Must not
// know how either starts.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { BUILTIN, sameEnvironmentName } from '../../src-shared/environment.ts';
import { inspectPython, isPathOfPython } from '../engines/native/environment.ts';
import { NativeEngine } from '../engines/native/native-engine.ts';
import type { NativeSources } from '../engines/native/zygote.ts';
import { readEnvironments } from '../environments/environment-list.ts';
import type { PythonSupply } from '../runtime/python-supply.ts';

export interface ChosenPythonDeps {
  readonly builtin: PythonSupply;
  /** Where the list of environments is. */
  readonly dataDir: string;
  /** The folder of our sources; null: this copy of the program has none as files. */
  readonly sourcesDir: string | null;
  readonly log: { info(text: string): void; warn(text: string): void };
  readonly platform?: NodeJS.Platform;
}

/** Decides when it prepares; the choice then holds until the program ends. */
export function createChosenPython({
  builtin,
  dataDir,
  sourcesDir,
  log,
  platform = process.platform,
}: ChosenPythonDeps): PythonSupply & { readonly isNative: () => boolean } {
  let native: NativeEngine | null = null;
  let program: string | null = null;
  return {
    isNative: () => native !== null,
    async prepare(tell, settings) {
      if (native !== null) return native.prepare();
      if (settings.python === BUILTIN) return builtin.prepare(tell, settings);
      const sources = sourcesFor(platform, sourcesDir);
      tell({ text: 'Starting Python…', fraction: null });
      const environment = await inspectPython(await placeOf(settings.python, dataDir, log));
      const engine = new NativeEngine({ environment, sources, log });
      await engine.prepare();
      native = engine;
      program = environment.python;
    },
    onReplaced: (listener) => builtin.onReplaced?.(listener),
    imageDir: () => (native === null ? builtin.imageDir() : null),
    startsWarm: () => native !== null,
    runningProgram: () => program,
    whyNoPackages: () =>
      native === null
        ? null
        : 'This server runs a Python of yours. Add packages to its environment, then start the server again.',
    startInterpreter: (settings, limits, addedDir) =>
      native === null ? builtin.startInterpreter(settings, limits, addedDir) : native.start(limits),
  };
}

/** @throws Error with a sentence where the native engine cannot be chosen */
function sourcesFor(platform: NodeJS.Platform, sourcesDir: string | null): NativeSources {
  const otherwise = `Set Python to ${BUILTIN}.`;
  if (platform !== 'linux') throw new Error(`Only on Linux can a Python of your own run scripts. ${otherwise}`);
  const sources = sourcesDir === null ? null : nativeSourcesIn(sourcesDir);
  if (sources === null || !existsSync(sources.engine))
    throw new Error(`The installed app cannot run a Python of your own. ${otherwise}`);
  return sources;
}

/** The path that a setting means: its own, or that of an environment in the list. @throws Error with a sentence */
async function placeOf(wanted: string, dataDir: string, log: ChosenPythonDeps['log']): Promise<string> {
  if (isPathOfPython(wanted)) return wanted;
  const listed = await readEnvironments(dataDir, (text) => log.warn(text));
  const found = listed.find(({ name }) => sameEnvironmentName(name, wanted));
  if (found !== undefined) return found.python;
  throw new Error(
    `There is no environment named ${wanted}. tabpy-tray environments list shows those that there are; or name the path of a Python.`,
  );
}

/** Our Python below the folder of our sources. */
export function nativeSourcesIn(sourcesDir: string): NativeSources {
  return { scripts: path.join(sourcesDir, 'python'), engine: path.join(sourcesDir, 'engines/native/python') };
}
