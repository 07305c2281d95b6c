// Joins added packages with the rest: the Python that resolves them, the image made of them, the interpreters that get
// it. Must not decide anything about packages.

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { PackagesState } from '../../src-shared/package.ts';
import type { Settings } from '../../src-shared/settings.ts';
import { isRefusal, Refusal } from '../../src-shared/refusal.ts';
import { MOST_FILE_BYTES } from '../../src-shared/limits.ts';
import type { Log } from '../activity/log.ts';
import type { PythonSupply } from '../runtime/python-supply.ts';
import { addedImage } from '../engines/builtin/image/added-image.ts';
import { readManifest } from '../engines/builtin/image/manifest.ts';
import { createAddedPackages } from '../packages/added/added-packages.ts';
import { wheelNameParts } from '../packages/added/added-set.ts';
import { openIndex } from '../packages/index/index-access.ts';
import { indexSource } from '../packages/index/index-source.ts';
import { importsOf, remedyFor } from '../packages/added/known-packages.ts';
import { pipSettings } from '../packages/index/pip-config.ts';
import { progressAsSteps } from '../packages/progress.ts';
import { usualIndex } from '../packages/added/resolution.ts';
import { readPyodideBuilds } from '../packages/store/pyodide-builds.ts';
import type { PyodideBuilds } from '../packages/store/pyodide-builds.ts';
import { findBuilds } from '../packages/store/pyodide-place.ts';
import { pyodidePlace, pyodideSources } from '../packages/store/sources.ts';
import type { InterpreterLimits } from '../runtime/interpreter.ts';
import { ANSWER_MS, createOwnInterpreters } from './own-interpreters.ts';
import { createPackageCalls } from '../calls/package-calls.ts';
import type { PackagesForPage } from '../calls/package-calls.ts';

export interface PackagePartsDeps {
  readonly dataDir: string;
  readonly python: PythonSupply;
  readonly settings: () => Settings;
  readonly limits: () => InterpreterLimits;
  /** Replaces the interpreters by new ones with the new set. */
  readonly renew: () => Promise<boolean>;
  /** Reports a new set, once it is there. */
  readonly onSwitched: () => void;
  readonly onChange: (state: PackagesState) => void;
  readonly log: Log;
}

export interface PackageParts {
  readonly calls: PackagesForPage;
  /** Reads the list of added packages. */
  read(): Promise<void>;
  /** Prepares the added packages, after Python is prepared. */
  prepare(): Promise<void>;
  /** PyPI's own address, as the Python here knows it; null when it does not. */
  usualIndex(): Promise<string | null>;
  /** The folder that new interpreters get beside their image; null: nothing was added. */
  addedDir(): string | null;
}

export function createPackageParts(deps: PackagePartsDeps): PackageParts {
  const { dataDir, settings, log } = deps;
  const dir = path.join(dataDir, 'packages');
  let current: string | null = null;
  let isOpen = false;
  let builds: PyodideBuilds = { abi: '', builds: {} };

  const { imageDir, start, ask, end, openResolver } = createOwnInterpreters(deps);
  const packages = createAddedPackages({
    dir,
    async image() {
      const folder = imageDir();
      if (builds.abi === '') builds = await readPyodideBuilds(folder);
      const bundled = readManifest(folder).wheels.flatMap((file) => wheelNameParts(file) ?? []);
      const imports = (name: string): readonly string[] => importsOf(name, builds.builds);
      return {
        bundled: bundled.map(({ name, version }) => ({ name, version, imports: imports(name) })),
        pyodide: builds,
      };
    },
    openResolver,
    async openIndex(askResolver) {
      const { packageIndex, packageProxy } = settings();
      const place = { env: process.env, platform: process.platform, home: homedir() };
      return openIndex(
        { index: packageIndex, proxy: packageProxy },
        { env: process.env, pip: () => pipSettings(place), usual: () => usualIndex(askResolver) },
      );
    },
    sources: (index) => [
      ...pyodideSources(pyodidePlace(settings().packageProxy)),
      indexSource(index.host, index.web, MOST_FILE_BYTES),
    ],
    findBuilds: (fileNames) => findBuilds(fileNames, pyodidePlace(settings().packageProxy)),
    async assemble(wheels) {
      try {
        return await addedImage({ wheels, imageDir: imageDir(), outDir: path.join(dir, 'images') });
      } catch (error) {
        throw isRefusal(error, 'package-clash')
          ? new Refusal('package-refused', error.message, { cause: error })
          : error;
      }
    },
    async tryOut(assembled, modules, signal) {
      const interpreter = start(assembled);
      signal.addEventListener('abort', () => end(interpreter), { once: true });
      try {
        return (await ask(interpreter, { op: 'import', modules }, Buffer.alloc(0))).failed;
      } finally {
        end(interpreter);
      }
    },
    async switchTo(assembled) {
      const before = current;
      current = assembled;
      if (!(await deps.renew())) {
        current = before;
        throw new Error('Python does not start with these packages');
      }
      deps.onSwitched();
    },
    progress: (tell) => progressAsSteps(({ text, fraction }) => tell(text, fraction)),
    warn: (text) => log.warn(text),
  });
  const calls = createPackageCalls({
    packages,
    remedyFor: (module) => remedyFor(module, builds.builds),
    onChange: deps.onChange,
    log,
  });

  return {
    calls,
    addedDir: () => (current !== null && existsSync(current) ? current : null),
    read: () => packages.read(),
    async usualIndex() {
      const resolver = await openResolver(AbortSignal.timeout(ANSWER_MS));
      try {
        return await usualIndex(resolver.ask);
      } finally {
        resolver.close();
      }
    },
    async prepare() {
      if (isOpen) return;
      current = await packages.open();
      isOpen = true;
      calls.noteChange();
    },
  };
}
