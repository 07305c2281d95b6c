// Opens the data folder and puts the program together. Must not do anything else.

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { creationTimeOf } from '../instance/creation-time.ts';
import { functionsFolder, holdsTabpysFunctions } from '../functions/store/functions-folder.ts';
import { createExampleFiles } from '../functions/store/example-files.ts';
import { openFunctionFiles } from '../functions/store/files.ts';
import { openRegistry } from '../functions/registry.ts';
import { readTls } from '../listening/tls.ts';
import { createScriptFiles } from '../script-files/script-files.ts';
import { createSignIns } from '../sign-in/prepared-sign-in.ts';
import type { ComposeOptions, Parts } from './parts.ts';
import { Program, uploadsOf } from './program.ts';

/** Opens the data folder and builds a service that is not started yet. Rejects when the folder cannot be used. */
export async function compose(options: ComposeOptions): Promise<Parts> {
  const { settings, dataDir, log } = options;
  const { functionsPath, filesForScripts, passwordFile } = settings.read();
  const dir = functionsFolder(dataDir, functionsPath);
  const files = await openFunctionFiles({ dir, log });
  if (functionsPath !== '' && (await holdsTabpysFunctions(functionsPath)))
    log.info(`${functionsPath} contains functions of TabPy; "tabpy-tray import" imports them`);
  // Nothing changes before the program is put together.
  let program: Program | null = null;
  const registry = await openRegistry({
    files,
    python: () => program?.pythonVersion() ?? null,
    onChange: () => program?.noteFunctions(),
  });
  await mkdir(path.join(uploadsOf(dataDir), 'endpoints'), { recursive: true });
  const scriptFiles = createScriptFiles({ log });
  // A missing folder does not stop the server: a script reports the missing file.
  await scriptFiles.use(filesForScripts).catch((error: Error) => log.warn(error.message));
  const signIn = createSignIns(log);
  (await signIn.prepare(passwordFile)).commit();
  readTls(settings.read());
  const creationTime = await creationTimeOf(dataDir);
  const examples = createExampleFiles({ dir, log });
  program = new Program(options, { registry, examples, scriptFiles, signIn, creationTime });
  await program.open();
  return program;
}
