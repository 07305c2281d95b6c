// The Python that the settings choose: the built-in engine, or the native engine with a Python of the user's. Must not
// know how either starts.

import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Settings } from '../../src-shared/settings.ts';
import { inspectPython, isPathOfPython } from '../engines/native/environment.ts';
import { NativeEngine } from '../engines/native/native-engine.ts';
import type { NativeSources } from '../engines/native/zygote.ts';
import type { PythonSupply } from '../runtime/python-supply.ts';

export interface ChosenPythonDeps {
  readonly builtin: PythonSupply;
  /** The folder of our sources; null: this copy of the program has none as files. */
  readonly sourcesDir: string | null;
  readonly log: { info(text: string): void; warn(text: string): void };
  readonly platform?: NodeJS.Platform;
}

export const BUILTIN = 'builtin';

/** Decides when it prepares; the choice then holds until the program ends. */
export function createChosenPython({
  builtin,
  sourcesDir,
  log,
  platform = process.platform,
}: ChosenPythonDeps): PythonSupply & { readonly isNative: () => boolean } {
  let native: NativeEngine | null = null;
  return {
    isNative: () => native !== null,
    async prepare(tell, settings) {
      if (native !== null) return native.prepare();
      if (settings.python === BUILTIN) return builtin.prepare(tell, settings);
      const sources = sourcesFor(settings, platform, sourcesDir);
      tell({ text: 'Starting Python…', fraction: null });
      const environment = await inspectPython(settings.python);
      const engine = new NativeEngine({ environment, sources, log });
      await engine.prepare();
      native = engine;
    },
    onReplaced: (listener) => builtin.onReplaced?.(listener),
    imageDir: () => (native === null ? builtin.imageDir() : null),
    startsWarm: () => native !== null,
    whyNoPackages: () =>
      native === null
        ? null
        : 'This server runs a Python of yours. Add packages to its environment, then start the server again.',
    startInterpreter: (settings, limits, addedDir) =>
      native === null ? builtin.startInterpreter(settings, limits, addedDir) : native.start(limits),
  };
}

/** @throws Error with a sentence where the native engine cannot be chosen */
function sourcesFor({ python }: Settings, platform: NodeJS.Platform, sourcesDir: string | null): NativeSources {
  const otherwise = `Set Python to ${BUILTIN}.`;
  if (platform !== 'linux') throw new Error(`Only on Linux can a Python of your own run scripts. ${otherwise}`);
  if (!isPathOfPython(python)) throw new Error(`There is no environment named ${python}. Name the path of a Python.`);
  const sources = sourcesDir === null ? null : nativeSourcesIn(sourcesDir);
  if (sources === null || !existsSync(sources.engine))
    throw new Error(`The installed app cannot run a Python of your own. ${otherwise}`);
  return sources;
}

/** Our Python below the folder of our sources. */
export function nativeSourcesIn(sourcesDir: string): NativeSources {
  return { scripts: path.join(sourcesDir, 'python'), engine: path.join(sourcesDir, 'engines/native/python') };
}
