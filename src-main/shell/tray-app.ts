// Joins window, tray, menu, login, sleep and quitting around a service that is handed in. Must not know how it is made.

import path from 'node:path';
import { app, clipboard, dialog, Menu, nativeTheme, powerMonitor, screen, session } from 'electron';
import type { Calls, Notice, PageEvent, Screen } from '../../src-shared/ipc.ts';
import type { Settings } from '../../src-shared/settings.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import type { Log } from '../activity/log.ts';
import type { Service } from '../lifecycle/service.ts';
import { appMenuFor } from './app-menu.ts';
import { servePage } from './app-scheme.ts';
import { createAskedScreen } from './asked-screen.ts';
import { flagsOf } from './command-line.ts';
import type { LaunchFlags } from './command-line.ts';
import { openPageIpc } from './ipc.ts';
import { createLoginItem } from './login-item.ts';
import { readPlace, writePlace } from './place-file.ts';
import { onWake } from './power.ts';
import { mayQuit, whatClosingMeans } from './questions.ts';
import { prepareQuit } from './quit.ts';
import { factsAfter, factsOf } from './tray-facts.ts';
import { isTrayShown } from './tray-host.ts';
import type { TrayCommand } from './tray-menu.ts';
import { createTray } from './tray.ts';
import { PAGE_PARTITION } from './window-policy.ts';
import type { UpdatesDeps, Updates, UpdateState } from './updates.ts';
import { createMainWindow } from './window.ts';

export interface TrayAppDeps {
  readonly service: Pick<Service, 'state' | 'start' | 'stop' | 'relisten'>;
  readonly page: {
    readonly calls: Calls;
    onEvent(listener: (event: PageEvent) => void): () => void;
    show(screen: Screen): void;
    notice(notice: Notice): void;
    draft(): string | null;
  };
  readonly settings: { read(): Settings };
  readonly updates: (onState: UpdatesDeps['onState']) => Updates;
  readonly flags: LaunchFlags;
  readonly files: AppFiles;
  /** Writes what the log still holds. */
  readonly flush: () => Promise<void>;
  readonly log: Log;
}

/** Where things lie that came with the program, and where the window's place is kept. */
export interface AppFiles {
  readonly preload: string;
  readonly page: string;
  readonly assets: string;
  readonly place: string;
}

/** Call when Electron is ready. Resolves when everything is there; the program then lives until it is quit. */
export async function runTrayApp(deps: TrayAppDeps): Promise<void> {
  const { service, page, settings, updates: createUpdates, flags, files, flush, log } = deps;
  const platform = process.platform;
  const [place, snapshot] = await Promise.all([readPlace(files.place), page.calls.snapshot()]);

  const scripts = (): number => {
    const state = service.state();
    return state.kind === 'busy' ? state.scripts : 0;
  };
  const quit = prepareQuit({
    app,
    scripts,
    draft: () => page.draft(),
    confirm: (scripts, draft) => mayQuit(dialog, scripts, draft),
    stop: (graceMs) => service.stop(graceMs),
    async finish() {
      tray.remove();
      await flush();
    },
    log,
  });
  const window = createMainWindow({
    app,
    screen,
    nativeTheme,
    preload: files.preload,
    prepare: () => servePage(session.fromPartition(PAGE_PARTITION), files.page, app.isPackaged),
    icon: platform === 'linux' ? path.join(files.assets, 'icons/512x512.png') : null,
    place,
    keepPlace(kept) {
      try {
        writePlace(files.place, kept);
      } catch (error) {
        log.warn(`the window's place cannot be kept: ${(error as Error).message}`);
      }
    },
    onClose() {
      if (quit.isUnderWay()) return true;
      void hideOrAsk();
      return false;
    },
    onPageGone() {
      asked.forget();
      void page.calls.noteDraft(null);
    },
    log,
  });
  /** Looked up each time: at login the panel with the tray may come after the program. */
  const hideOrAsk = async (): Promise<void> => {
    if (await isTrayShown(platform)) {
      window.hide();
      return;
    }
    const answer = await whatClosingMeans(dialog);
    if (answer === 'minimize') window.minimize();
    if (answer === 'quit') app.quit();
  };

  const asked = createAskedScreen(page.calls, (wanted) => page.show(wanted));
  openPageIpc({ calls: asked.calls, onEvent: (tell) => page.onEvent(tell), page: () => window.contents(), log });
  const showScreen = (wanted: Screen): void => {
    window.show();
    asked.ask(wanted);
  };

  const perform = async (command: TrayCommand): Promise<void> => {
    switch (command.kind) {
      case 'open':
        return window.show();
      case 'show':
        return showScreen(command.screen);
      case 'copy-address':
        return clipboard.writeText(command.text);
      case 'start':
        return void (await page.calls.start());
      case 'stop':
        return void (await page.calls.stop());
      case 'stop-now':
        return void (await page.calls.stopNow());
      case 'use-port':
        return void (await page.calls.changeSettings({ port: command.port }));
      case 'restart-python':
        return void (await page.calls.restartPython());
      case 'stop-scripts':
        return void (await page.calls.stopScripts());
      case 'toggle-open-at-login':
        return void (await page.calls.changeSettings({ openAtLogin: !settings.read().openAtLogin }));
      case 'fetch-update':
        return updates.fetch();
      case 'install-update':
        return installUpdate();
      case 'quit':
        return app.quit();
    }
  };
  /** What was asked for outside the window and did not work is told in the window. */
  const carryOut = (command: TrayCommand): void => {
    perform(command).catch((error: unknown) => {
      const text = error instanceof Refusal ? error.message : 'This could not be done. The log says why.';
      log.error(`${command.kind}: ${String(error)}`);
      page.notice({ id: 'tray', level: 'error', text });
      window.show();
    });
  };

  let facts = factsOf(snapshot);
  const tray = createTray({
    nativeTheme,
    icons: path.join(files.assets, 'tray'),
    facts,
    onCommand: carryOut,
    platform,
  });
  page.onEvent((event) => {
    const news = factsAfter(facts, event);
    if (news === facts) return;
    facts = news;
    tray.draw(facts);
  });

  const noteUpdate = (update: UpdateState): void => {
    facts = { ...facts, update };
    tray.draw(facts);
    const text = updateText(update);
    if (text === null) return;
    if (update.kind === 'failed') page.notice({ id: 'update-failed', level: 'warn', text });
    else page.notice({ id: 'update', level: 'info', text });
  };
  const updates = createUpdates(noteUpdate);
  const installUpdate = async (): Promise<void> => {
    const draft = page.draft();
    if ((scripts() > 0 || draft !== null) && !(await mayQuit(dialog, scripts(), draft))) return;
    quit.dontAsk();
    updates.install();
  };
  updates.refresh();

  const loginItem = createLoginItem({ app, platform, execPath: process.execPath, env: process.env });
  let applied = settings.read();
  const applySettings = (now: Settings): void => {
    const before = applied;
    applied = now;
    nativeTheme.themeSource = now.theme;
    if (now.checkForUpdates !== before.checkForUpdates) updates.refresh();
    if (now.openAtLogin === before.openAtLogin) return;
    loginItem.set(now.openAtLogin).catch((error: unknown) => {
      const text = `Starting at login could not be changed: ${(error as Error).message}.`;
      log.error(text);
      page.notice({ id: 'login-item', level: 'error', text });
    });
  };
  applySettings(applied);
  page.onEvent((event) => {
    if (event.name === 'settings') applySettings(event.value);
  });
  loginItem.refresh().catch((error: unknown) => log.warn(`the login entry: ${String(error)}`));

  const menu = appMenuFor(platform, app.isPackaged, () => showScreen('settings'));
  Menu.setApplicationMenu(menu && Menu.buildFromTemplate(menu));
  app.dock?.hide();
  onWake(powerMonitor, () => void service.relisten());
  const quitAtOnce = (): void => {
    quit.dontAsk();
    app.quit();
  };
  powerMonitor.on('shutdown', quitAtOnce);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // when-exit, which electron-store brings along, answers a signal by sending it again, and that one would kill.
    process.removeAllListeners(signal);
    process.on(signal, quitAtOnce);
  }
  app.on('activate', () => window.show());
  app.on('second-instance', (_event, _argv, _folder, data) => {
    const second = flagsOf(argumentsIn(data));
    if (second.port !== null) carryOut({ kind: 'use-port', port: second.port });
    if (!second.isHidden) window.show();
  });

  for (const fault of flags.faults) page.notice({ id: 'command-line', level: 'warn', text: fault });
  if (!flags.isHidden && !settings.read().startHidden && !wasOpenedAtLogin(platform)) window.show();
  if (!flags.noServer && settings.read().startServerOnLaunch) void service.start();
}

/** What the window says of an update; null where there is nothing to do. */
function updateText(update: UpdateState): string | null {
  switch (update.kind) {
    case 'available':
      return `Version ${update.version} is there. Get it from the menu of the tray icon.`;
    case 'ready':
      return `Version ${update.version} is ready. Restart with it from the menu of the tray icon.`;
    case 'failed':
      return `The update did not work: ${update.why}`;
    case 'off':
    case 'waiting':
    case 'looking':
    case 'current':
    case 'fetching':
      return null;
  }
}

/** macOS passes no arguments to what it starts at login. */
function wasOpenedAtLogin(platform: NodeJS.Platform): boolean {
  return platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

/** What another start of the program was given; it comes from another process. */
function argumentsIn(data: unknown): readonly string[] {
  const given = (data as { readonly args?: unknown } | null)?.args;
  return Array.isArray(given) ? given.filter((one) => typeof one === 'string') : [];
}
