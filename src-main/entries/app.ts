// Entry of the tray app: does what must happen before Electron is ready, then makes the parts and the app around them.
// Must not hold what the command line needs too.

import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, clipboard, dialog, protocol, shell } from 'electron';
import envPaths from 'env-paths';
import { ownFault } from '../../src-shared/own-fault.ts';
import { isRefusal } from '../../src-shared/refusal.ts';
import { createChosenPython } from '../composition/chosen-python.ts';
import { compose } from '../composition/compose.ts';
import { PROGRAM_VERSION } from '../instance/version.ts';
import { holdFolder } from '../instance/instance.ts';
import { furtherFolders } from '../functions/store/functions-folder.ts';
import { openProgramLog } from '../composition/program-log.ts';
import { readyImageIn } from '../engines/builtin/supply/ready-image.ts';
import { createReadyPython } from '../engines/builtin/supply/ready-python.ts';
import { givenValues, startValuesOf } from '../settings/given-settings.ts';
import type { StartValues } from '../settings/given-settings.ts';
import { openSettingsFile } from '../settings/settings-file.ts';
import { createSettings } from '../settings/settings.ts';
import { PAGE_PRIVILEGES } from '../shell/app-scheme.ts';
import { flagsOf } from '../shell/command-line.ts';
import { guardEverything } from '../shell/guard.ts';
import { INTERPRETER_PRIVILEGES } from '../shell/interpreter-window.ts';
import { sandboxFacts } from '../shell/sandbox-facts.ts';
import { whyNoSandbox } from '../shell/sandbox-policy.ts';
import { saveArchive } from '../shell/save-archive.ts';
import { openStore } from '../shell/settings-store.ts';
import { runTrayApp } from '../shell/tray-app.ts';
import { lastLookIn } from '../shell/update-file.ts';
import { createUpdates } from '../shell/updates.ts';
import { createWindowInterpreters } from '../composition/window-interpreters.ts';

const args = process.argv.slice(1);
const flags = flagsOf(args);
const dataDir = path.resolve(flags.dataDir ?? envPaths('tabpy-tray', { suffix: '' }).data);
const electronDir = path.join(dataDir, 'electron');

// Lock of this folder: two programs on one data folder would overwrite each other's functions.
if (isUsable(electronDir) && app.requestSingleInstanceLock({ args })) {
  protocol.registerSchemesAsPrivileged([PAGE_PRIVILEGES, INTERPRETER_PRIVILEGES]);
  app.enableSandbox();
  // Windows with Python are always hidden: the system must not treat them as idle and slow them down.
  app.commandLine.appendSwitch('disable-renderer-backgrounding');
  void begin();
} else {
  app.exit(Number(process.exitCode ?? 0));
}

/** Makes Electron's folder and sets it; shows an error box when it cannot be made. */
function isUsable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    app.setPath('userData', folder);
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}

function complain(error: unknown): void {
  process.exitCode = 1;
  dialog.showErrorBox(
    'TabPy Tray cannot start',
    `${(error as Error).message}\n\nIts data folder is ${dataDir}. Choose another data folder with --data-dir.`,
  );
}

async function begin(): Promise<void> {
  let tellFault: () => void = () => undefined;
  const programLog = openProgramLog({ dataDir, given: {}, terminal: null });
  const { log } = programLog;
  // Electron would show a box with a stack and continue; the log is more useful.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      const { text, detail } = ownFault(error);
      log.error(`${event}: ${text}`, { detail });
      tellFault();
    });
  }
  app.on('child-process-gone', (_event, { type, reason }) =>
    log.warn(`a ${type} process of Chromium ended: ${reason}`),
  );
  guardEverything(app, log);
  // Quitting is what the tray is for; see shell/quit.ts.
  app.on('window-all-closed', () => undefined);
  if (process.platform === 'win32') app.setAppUserModelId('org.tabpy-tray.app');
  await app.whenReady();

  try {
    const file = openSettingsFile({ folder: dataDir, open: openStore, version: PROGRAM_VERSION });
    for (const notice of file.notices) log[notice.level](notice.text);
    const start = given((text) => log.warn(text));
    const settings = createSettings(file, start.values, start.places);
    programLog.follow(() => settings.read());
    const builtin = createReadyPython({
      whyNoSandbox: () => whyNoSandbox(sandboxFacts(app)),
      image: () =>
        readyImageIn({
          isPackaged: app.isPackaged,
          resourcesDir: process.resourcesPath,
          appDir: app.getAppPath(),
          env: process.env,
        }),
      start: createWindowInterpreters({
        preload: path.join(import.meta.dirname, '../preload/interpreter-preload.cjs'),
        log,
      }),
    });
    // In an archive no other program can read our Python.
    const sourcesDir = app.isPackaged ? null : path.join(app.getAppPath(), 'src-main');
    const python = createChosenPython({ builtin, dataDir, sourcesDir, log });
    const held = await holdFolder({
      dataDir,
      alsoDirs: furtherFolders(dataDir, settings.read().functionsPath),
      program: 'app',
      log,
    });
    const parts = await compose({
      settings,
      dataDir,
      log,
      python,
      ...(app.isPackaged ? { noticesDir: path.join(process.resourcesPath, 'licences') } : {}),
      surface: {
        kind: 'app',
        notices: file.notices,
        copyText: (text) => void clipboard.writeText(text),
        saveFile: (name, archive) => saveArchive(dialog, app.getPath('downloads'), name, archive),
        async openFolder(which) {
          const failure = await shell.openPath(which === 'log' ? programLog.folder() : dataDir);
          if (failure !== '') log.warn(`the folder could not be shown: ${failure}`);
        },
      },
    });
    held.answer(parts.commandCalls);
    programLog.onEntry(parts.noteLog);
    tellFault = () =>
      parts.page.notice({
        id: 'fault',
        level: 'error',
        text: 'An error occurred in TabPy Tray. It continues to run; the log says more.',
      });
    await runTrayApp({
      ...parts,
      settings,
      flags,
      updates: (onState) =>
        createUpdates({
          loadUpdater: async () => (await import('electron-updater')).default.autoUpdater,
          hasFeed: app.isPackaged && existsSync(path.join(process.resourcesPath, 'app-update.yml')),
          isOn: () => settings.read().checkForUpdates,
          lastLook: lastLookIn(path.join(electronDir, 'update-look'), (text) => log.warn(text)),
          onState,
          log,
        }),
      files: {
        preload: path.join(import.meta.dirname, '../preload/preload.cjs'),
        page: path.join(import.meta.dirname, '../renderer'),
        assets: path.join(app.isPackaged ? process.resourcesPath : app.getAppPath(), 'assets'),
        place: path.join(electronDir, 'window.json'),
        closed: path.join(electronDir, 'closed-once'),
      },
      async flush() {
        await programLog.flush();
        await held.release();
      },
      log,
    });
  } catch (error) {
    const { text, detail } = ownFault(error);
    log.error(`TabPy Tray cannot start: ${text}`, { detail });
    await programLog.flush();
    complain(error);
    app.exit(1);
  }
}

/** The settings of the command line and the environment; an invalid value is reported and left out. */
function given(tell: (text: string) => void): StartValues {
  const line = flags.port === null ? {} : { port: String(flags.port) };
  try {
    return startValuesOf(givenValues(line, process.env));
  } catch (error) {
    if (!isRefusal(error, 'bad-setting')) throw error;
    tell(error.message);
    return startValuesOf(givenValues(line, {}));
  }
}
