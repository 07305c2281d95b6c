// Opens a data folder for a command: connects to the server or tray app that has it, or else opens the parts without a
// server. Python starts when it is needed.

import path from 'node:path';
import { CALL_NAMES } from '../../src-shared/ipc.ts';
import type { CallName, Calls } from '../../src-shared/ipc.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { createLog, lineOfEntry } from '../activity/log.ts';
import type { Log } from '../activity/log.ts';
import { createChosenPython } from '../composition/chosen-python.ts';
import { compose } from '../composition/compose.ts';
import { openFile, whyUnusable } from '../instance/data-folder.ts';
import { openInstance } from '../instance/instance.ts';
import type { Instance } from '../instance/instance.ts';
import { furtherFolders } from '../functions/store/functions-folder.ts';
import { createNodePython } from '../engines/builtin/supply/node-python.ts';
import { createProgress } from '../packages/progress.ts';
import { givenSettings } from '../settings/given-settings.ts';
import { createSettings } from '../settings/settings.ts';
import type { LiveSettings } from '../settings/settings.ts';

/** Calls that need Python. */
const NEED_PYTHON: ReadonlySet<CallName> = new Set([
  'deployFunction',
  'rollBack',
  'deployModels',
  'tryFunction',
  'tryDeployed',
  'checkSource',
  'completeSource',
  'promoteScript',
  'lookIntoExport',
  'importFunctions',
  'followFile',
  'importFromTabpy',
  'planPackage',
  'planWheel',
  'planUpdates',
  'addPackages',
  'removePackage',
  // Where no index is set, the Python here knows that of PyPI.
  'createEnvironment',
  'changeEnvironment',
]);

/**
 * The calls on a data folder, for a command: of the server or tray app that has it, or of parts of its own.
 * @throws Error with a sentence when the folder cannot be used
 */
export async function instanceOf(dataDir: string, isVerbose: boolean): Promise<Instance> {
  const log = createLog({
    level: () => (isVerbose ? 'debug' : 'warn'),
    takers: [(entry) => process.stderr.write(lineOfEntry(entry))],
  });
  try {
    const settings = createSettings(openFile(dataDir), givenSettings({}, process.env));
    return await openInstance({
      dataDir,
      alsoDirs: furtherFolders(dataDir, settings.read().functionsPath),
      log,
      open: () => openParts(dataDir, settings, log),
    });
  } catch (error) {
    throw new Refusal('folder-unusable', whyUnusable(dataDir, error), { cause: error });
  }
}

async function openParts(
  dataDir: string,
  settings: LiveSettings,
  log: Log,
): Promise<{ calls: Calls; close: () => Promise<void> }> {
  const builtin = createNodePython({
    say: (text) => process.stderr.write(`${text}\n`),
    progress: createProgress(process.stderr),
  });
  const python = createChosenPython({ builtin, dataDir, sourcesDir: path.join(import.meta.dirname, '..'), log });
  const surface = { kind: 'console', copyText: null, openFolder: null, saveFile: null, notices: [] } as const;
  const { commandCalls, openPython, service } = await compose({ settings, dataDir, log, python, surface, spares: 0 });
  return {
    calls: withPython(commandCalls, openPython),
    close: () => service.stop(0),
  };
}

function withPython(calls: Calls, openPython: () => Promise<void>): Calls {
  let opened: Promise<void> | null = null;
  const entries = CALL_NAMES.map((name) => {
    const call = calls[name] as (...values: readonly unknown[]) => Promise<unknown>;
    if (!NEED_PYTHON.has(name)) return [name, call];
    return [
      name,
      async (...values: readonly unknown[]) => {
        await (opened ??= openPython());
        return call(...values);
      },
    ];
  });
  return Object.fromEntries(entries) as Calls;
}
