// Runs the server in a terminal: starts it, prints its address, and stops it on a signal.

import path from 'node:path';
import { addressText } from '../../src-shared/address-text.ts';
import { addressOf } from '../../src-shared/service-state.ts';
import type { ServiceState } from '../../src-shared/service-state.ts';
import { explanationOf } from '../../src-shared/state-words.ts';
import type { Log } from '../activity/log.ts';
import { createChosenPython } from '../composition/chosen-python.ts';
import { compose } from '../composition/compose.ts';
import type { Parts } from '../composition/parts.ts';
import { openProgramLog } from '../composition/program-log.ts';
import { createNodePython } from '../engines/builtin/supply/node-python.ts';
import { functionsFolder, furtherFolders } from '../functions/store/functions-folder.ts';
import { dataDirOf, openFile, whyUnusable } from '../instance/data-folder.ts';
import { holdFolder } from '../instance/instance.ts';
import type { HeldFolder } from '../instance/instance.ts';
import { PROGRAM_VERSION } from '../instance/version.ts';
import type { Service } from '../lifecycle/service.ts';
import { createProgress, silentProgress } from '../packages/progress.ts';
import { createSettings } from '../settings/settings.ts';
import type { LiveSettings } from '../settings/settings.ts';
import type { Terminal } from './command-line.ts';
import { startConsole } from './console-beside-server.ts';
import type { RunningConsole } from './console-beside-server.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import type { StartSettings } from './start-settings.ts';

export interface ServeWishes {
  readonly start: StartSettings;
  readonly dataDir: string | undefined;
  readonly isQuiet: boolean;
  /** The port of the console, 0 for any free port; null: no console. */
  readonly consolePort: number | null;
}

const DRAIN_MS = 3_000;
const SOURCES_DIR = path.join(import.meta.dirname, '..');

/** Runs until a signal. @returns the exit code @throws Error with a sentence when the server cannot run */
export async function serve(
  { start, isQuiet, consolePort, ...wishes }: ServeWishes,
  terminal: Terminal,
): Promise<number> {
  const dataDir = dataDirOf(wishes.dataDir);
  const programLog = openProgramLog({ dataDir, given: start.values, terminal: (text) => process.stderr.write(text) });
  const { log } = programLog;
  for (const warning of start.warnings) log.warn(warning);
  const builtin = createNodePython({
    say: (text) => log.info(text),
    progress: isQuiet ? silentProgress : createProgress(process.stderr),
  });
  const python = createChosenPython({ builtin, dataDir, sourcesDir: SOURCES_DIR, log });
  const isPrepared = (): boolean => builtin.isPrepared() || python.isNative();
  const { settings, parts, held } = await openParts({ dataDir, start, python, log, follow: programLog.follow });
  const { service } = parts;
  programLog.onEntry(parts.noteLog);
  const opening = consolePort === null ? null : openConsoleBeside(parts, { dataDir, port: consolePort, log });
  const stopWatching = isQuiet ? () => undefined : showSteps(service);
  const stopped = stopOnSignal({
    signals: process,
    onFirst: async () => {
      log.info('finishing running requests; Ctrl-C again ends at once');
      await Promise.all([service.stop(DRAIN_MS), opening?.then((console) => console?.close())]);
      // Fetching packages can be stopped at any time: only complete, checked files are moved into place.
      if (!isPrepared()) process.exit(0);
    },
    onSecond: () => process.exit(1),
  });

  const state = await service.start();
  stopWatching();
  const fault = faultOf(state);
  if (fault !== null) throw new Error(fault);
  // Without packages and image a second try makes no sense; a Python that merely fails to start is tried again.
  if (state.kind === 'python-failed' && !isPrepared()) {
    await service.stop(0);
    throw new Error(`Python cannot be started: ${state.why}`);
  }
  const tell = isQuiet ? () => undefined : terminal.say;
  tell(greetingOf(state, functionsFolder(dataDir, settings.read().functionsPath)));
  const link = (await Promise.race([opening, stopped]))?.link;
  if (link) tell(`Its window in a browser: ${link}\n\n`);
  await stopped;
  await programLog.flush();
  await held.release();
  return 0;
}

interface OpenParts {
  readonly settings: LiveSettings;
  readonly parts: Parts;
  readonly held: HeldFolder;
}

/** @throws Error with a sentence when the data folder cannot be used */
async function openParts({
  dataDir,
  start,
  python,
  log,
  follow,
}: {
  readonly dataDir: string;
  readonly start: StartSettings;
  readonly python: ReturnType<typeof createChosenPython>;
  readonly log: Log;
  readonly follow: (read: LiveSettings['read']) => void;
}): Promise<OpenParts> {
  try {
    const file = openFile(dataDir);
    const { notices } = file;
    for (const notice of notices) log[notice.level](notice.text);
    const settings = createSettings(file, start.values, start.places);
    follow(() => settings.read());
    const alsoDirs = furtherFolders(dataDir, settings.read().functionsPath);
    const held = await holdFolder({ dataDir, alsoDirs, program: 'server', log });
    const surface = { kind: 'console', copyText: null, openFolder: null, saveFile: null, notices } as const;
    const parts = await compose({ settings, dataDir, log, python, surface });
    held.answer(parts.commandCalls);
    return { settings, parts, held };
  } catch (error) {
    throw new Error(whyUnusable(dataDir, error), { cause: error });
  }
}

/** The server works without the console: an error is printed, and nothing ends. */
function openConsoleBeside(
  parts: Parts,
  { dataDir, port, log }: { readonly dataDir: string; readonly port: number; readonly log: Log },
): Promise<RunningConsole | null> {
  return startConsole(parts, dataDir, port, log).catch((error: unknown) => {
    log.error((error as Error).message);
    return null;
  });
}

/** Why the server has no port, as a sentence for a terminal; null when it has one. */
function faultOf(state: ServiceState): string | null {
  switch (state.kind) {
    case 'port-conflict':
    case 'port-reserved':
    case 'listen-failed':
      return explanationOf(state).replace('another port', 'another port with --port');
    default:
      return null;
  }
}

/** The server's address; empty where it has none. */
function greetingOf(state: ServiceState, functions: string): string {
  const address = addressOf(state);
  return address === null
    ? ''
    : `\nTabPy Tray ${PROGRAM_VERSION} is running: ${addressText(address)}\n` +
        `In Tableau: Help ▸ Settings and Performance ▸ Manage Analytics Extension Connection ▸ TabPy, localhost, ${address.port}.\n` +
        `Functions are kept in ${functions}. Ctrl-C stops.\n\n`;
}

/**
 * The present step before Python runs, in one line that the next step replaces; nothing where the output is no
 * terminal.
 */
function showSteps(service: Service): () => void {
  if (!process.stderr.isTTY) return () => undefined;
  const show = (text: string): void => void process.stderr.write(`\r\u001B[K${text}`);
  const stop = service.onState((state) => {
    // Fetching packages has a progress bar of its own.
    if (state.kind === 'starting' && state.step.fraction === null) show(`  ${state.step.text}`);
  });
  return () => {
    stop();
    show('');
  };
}
