// The tray app: joins window, tray, menu, login, sleep and quitting around a service that is handed in. Must not know
// how the service is made.

import path from 'node:path';
import { app, clipboard, dialog, Menu, nativeTheme, powerMonitor, screen, session } from 'electron';
import type { Calls, Notice, PageEvent, ShownPlace, Snapshot } from '../../src-shared/ipc.ts';
import { scriptsOf } from '../../src-shared/service-state.ts';
import type { Settings } from '../../src-shared/settings.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import type { Log } from '../activity/log.ts';
import type { Service } from '../lifecycle/service.ts';
import { appMenuFor } from './app-menu.ts';
import { servePage } from './app-scheme.ts';
import { createChoosePath } from './choose-path.ts';
import { createAskedScreen } from './asked-screen.ts';
import type { AskedScreen } from './asked-screen.ts';
import { flagsOf } from './command-line.ts';
import { createFailureNews } from './failure-news.ts';
import type { FailureNews } from './failure-news.ts';
import { notificationOf } from './failures.ts';
import { firstCloseText } from './first-close.ts';
import type { LaunchFlags } from './command-line.ts';
import { openPageIpc } from './ipc.ts';
import { createLoginItem } from './login-item.ts';
import type { LoginItem } from './login-item.ts';
import { createNotifications } from './notifications.ts';
import { readPlace, writePlace } from './place-file.ts';
import { mayQuit, whatClosingMeans } from './questions.ts';
import { prepareQuit } from './quit.ts';
import type { Quit } from './quit.ts';
import { factsAfter, factsOf } from './tray-facts.ts';
import { isTrayShown } from './tray-host.ts';
import type { TrayCommand, TrayFacts } from './tray-menu.ts';
import { createTray } from './tray.ts';
import type { TrayIcon } from './tray.ts';
import { PAGE_PARTITION } from './window-policy.ts';
import type { UpdatesDeps, Updates, UpdateState } from './updates.ts';
import type { Place } from './window-place.ts';
import { createMainWindow } from './window.ts';
import type { MainWindow } from './window.ts';

export interface TrayAppDeps {
  readonly service: Pick<Service, 'state' | 'start' | 'stop' | 'relisten'>;
  readonly page: {
    readonly calls: Calls;
    onEvent(listener: (event: PageEvent) => void): () => void;
    show(place: ShownPlace): void;
    notice(notice: Notice): void;
    draft(): string | null;
  };
  readonly settings: { read(): Settings };
  readonly updates: (onState: UpdatesDeps['onState']) => Updates;
  readonly flags: LaunchFlags;
  readonly files: AppFiles;
  /** Writes the log's remaining lines. */
  readonly flush: () => Promise<void>;
  readonly log: Log;
}

/** The places of the program's own files and of the window's position. */
export interface AppFiles {
  readonly preload: string;
  readonly page: string;
  readonly assets: string;
  readonly place: string;
  /** There once the user was told what closing the window means. */
  readonly closed: string;
}

/** To be called when Electron is ready. Resolves when everything is set up; the program then runs until it is quit. */
export async function runTrayApp(deps: TrayAppDeps): Promise<void> {
  const [place, snapshot] = await Promise.all([readPlace(deps.files.place), deps.page.calls.snapshot()]);
  new TrayApp(deps, place, snapshot).start();
}

class TrayApp {
  readonly #deps: TrayAppDeps;
  readonly #platform = process.platform;
  readonly #quit: Quit;
  readonly #window: MainWindow;
  readonly #asked: AskedScreen;
  readonly #tray: TrayIcon;
  readonly #updates: Updates;
  readonly #loginItem: LoginItem;
  readonly #notifications = createNotifications();
  readonly #news: FailureNews;
  #facts: TrayFacts;
  #applied: Settings;

  constructor(deps: TrayAppDeps, place: Place | null, snapshot: Snapshot) {
    const { page, settings, updates, files } = deps;
    this.#deps = deps;
    this.#quit = this.#prepareQuit();
    this.#window = this.#createWindow(place);
    this.#asked = createAskedScreen(page.calls, (wanted) => page.show(wanted));
    this.#facts = factsOf(snapshot);
    this.#tray = createTray({
      nativeTheme,
      icons: path.join(files.assets, 'tray'),
      facts: this.#facts,
      onCommand: (command) => this.#carryOut(command),
      platform: this.#platform,
    });
    this.#updates = updates((update) => this.#noteUpdate(update));
    this.#loginItem = createLoginItem({
      app,
      platform: this.#platform,
      execPath: process.execPath,
      env: process.env,
    });
    this.#news = createFailureNews({
      isOn: () => settings.read().notifyFailures,
      isSeen: () => this.#window.isSeen(),
      tell: (count, last) =>
        this.#notifications.show(notificationOf(count, last), () =>
          this.#showPlace({ screen: 'requests', detail: count === 1 ? String(last.id) : 'errors' }),
        ),
    });
    this.#applied = settings.read();
  }

  /** Opens the window and tray, listens to the system and starts the server where the settings say so. */
  start(): void {
    const { page, settings, flags, service, log } = this.#deps;
    openPageIpc({
      // Other callers of the page's calls, such as commands, must open no dialog.
      calls: { ...this.#asked.calls, choosePath: createChoosePath(dialog, () => settings.read()) },
      onEvent: (tell) => page.onEvent(tell),
      page: () => this.#window.contents(),
      log,
    });
    page.onEvent((event) => this.#noteEvent(event));
    this.#updates.refresh();
    this.#applySettings(this.#applied);
    this.#loginItem
      .refresh()
      .catch((error: unknown) => log.warn(`starting at login could not be looked up: ${String(error)}`));
    const menu = appMenuFor(this.#platform, app.isPackaged, () =>
      this.#showPlace({ screen: 'settings', detail: null }),
    );
    Menu.setApplicationMenu(menu && Menu.buildFromTemplate(menu));
    app.dock?.hide();
    this.#listenToSystem();
    for (const fault of flags.faults) page.notice({ id: 'command-line', level: 'warn', text: fault });
    if (!flags.isHidden && !settings.read().startHidden && !wasOpenedAtLogin(this.#platform)) this.#window.show();
    if (!flags.noServer && settings.read().startServerOnLaunch) void service.start();
  }

  /** How many scripts run now. */
  #scripts(): number {
    return scriptsOf(this.#deps.service.state());
  }

  #prepareQuit(): Quit {
    const { service, page, flush, log } = this.#deps;
    return prepareQuit({
      app,
      scripts: () => this.#scripts(),
      draft: () => page.draft(),
      confirm: (scripts, draft) => mayQuit(dialog, scripts, draft),
      stop: (graceMs) => service.stop(graceMs),
      finish: async () => {
        this.#news.stop();
        this.#tray.remove();
        await flush();
      },
      log,
    });
  }

  #createWindow(place: Place | null): MainWindow {
    const { page, files, log } = this.#deps;
    return createMainWindow({
      app,
      screen,
      nativeTheme,
      preload: files.preload,
      prepare: () => servePage(session.fromPartition(PAGE_PARTITION), files.page, app.isPackaged),
      icon: this.#platform === 'linux' ? path.join(files.assets, 'icons/512x512.png') : null,
      place,
      keepPlace(kept) {
        try {
          writePlace(files.place, kept);
        } catch (error) {
          log.warn(`the position of the window could not be saved: ${(error as Error).message}`);
        }
      },
      onClose: () => {
        if (this.#quit.isUnderWay()) return true;
        void this.#hideOrAsk();
        return false;
      },
      onPageGone: () => {
        this.#asked.forget();
        void page.calls.noteDraft(null);
      },
      log,
    });
  }

  /** Checked each time: at login the panel with the tray may start after the program. */
  async #hideOrAsk(): Promise<void> {
    if (await isTrayShown(this.#platform)) {
      this.#window.hide();
      this.#tellFirstClose();
      return;
    }
    const answer = await whatClosingMeans(dialog);
    if (answer === 'minimize') this.#window.minimize();
    if (answer === 'quit') app.quit();
  }

  #tellFirstClose(): void {
    try {
      const text = firstCloseText(this.#deps.files.closed, this.#platform);
      if (text !== null) this.#notifications.show(text, () => this.#window.show());
    } catch (error) {
      this.#deps.log.warn(`that the window was closed could not be noted: ${(error as Error).message}`);
    }
  }

  #showPlace(wanted: ShownPlace): void {
    this.#window.show();
    this.#asked.ask(wanted);
  }

  /** Errors of actions outside the window are shown in the window. */
  #carryOut(command: TrayCommand): void {
    const { page, log } = this.#deps;
    this.#perform(command).catch((error: unknown) => {
      const text = error instanceof Refusal ? error.message : 'This did not work. The log says why.';
      log.error(`${command.kind}: ${String(error)}`);
      page.notice({ id: 'tray', level: 'error', text });
      this.#window.show();
    });
  }

  async #perform(command: TrayCommand): Promise<void> {
    const { calls } = this.#deps.page;
    switch (command.kind) {
      case 'open':
        return this.#window.show();
      case 'show':
        return this.#showPlace(command);
      case 'copy-address':
        return clipboard.writeText(command.text);
      case 'start':
        return void (await calls.start());
      case 'stop':
        return void (await calls.stop());
      case 'stop-now':
        return void (await calls.stopNow());
      case 'use-port':
        return void (await calls.changeSettings({ port: command.port }));
      case 'restart-python':
        return void (await calls.restartPython());
      case 'stop-scripts':
        return void (await calls.stopScripts());
      case 'toggle-open-at-login':
        return void (await calls.changeSettings({ openAtLogin: !this.#deps.settings.read().openAtLogin }));
      case 'fetch-update':
        return this.#updates.fetch();
      case 'install-update':
        return this.#installUpdate();
      case 'quit':
        return app.quit();
    }
  }

  #noteEvent(event: PageEvent): void {
    if (event.name === 'settings') this.#applySettings(event.value);
    if (event.name === 'requests') this.#news.note(event.value);
    const news = factsAfter(this.#facts, event);
    if (news === this.#facts) return;
    this.#facts = news;
    this.#tray.draw(this.#facts);
  }

  #noteUpdate(update: UpdateState): void {
    this.#facts = { ...this.#facts, update };
    this.#tray.draw(this.#facts);
    const text = updateText(update);
    if (text === null) return;
    if (update.kind === 'failed') this.#deps.page.notice({ id: 'update-failed', level: 'warn', text });
    else this.#deps.page.notice({ id: 'update', level: 'info', text });
  }

  async #installUpdate(): Promise<void> {
    const draft = this.#deps.page.draft();
    const scripts = this.#scripts();
    if ((scripts > 0 || draft !== null) && !(await mayQuit(dialog, scripts, draft))) return;
    this.#quit.dontAsk();
    this.#updates.install();
  }

  #applySettings(now: Settings): void {
    const before = this.#applied;
    this.#applied = now;
    nativeTheme.themeSource = now.theme;
    if (now.checkForUpdates !== before.checkForUpdates) this.#updates.refresh();
    if (now.openAtLogin === before.openAtLogin) return;
    this.#loginItem.set(now.openAtLogin).catch((error: unknown) => {
      const text = `Starting at login could not be changed: ${(error as Error).message}.`;
      this.#deps.log.error(text);
      this.#deps.page.notice({ id: 'login-item', level: 'error', text });
    });
  }

  #listenToSystem(): void {
    const quitAtOnce = (): void => {
      this.#quit.dontAsk();
      app.quit();
    };
    // After sleep, sockets may be dead without any event.
    powerMonitor.on('resume', () => void this.#deps.service.relisten());
    powerMonitor.on('shutdown', quitAtOnce);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      // when-exit, which electron-store uses, answers a signal by sending it again, and the second signal would kill.
      process.removeAllListeners(signal);
      process.on(signal, quitAtOnce);
    }
    app.on('activate', () => this.#window.show());
    app.on('second-instance', (_event, _argv, _folder, data) => {
      const second = flagsOf(argumentsIn(data));
      if (second.port !== null) this.#carryOut({ kind: 'use-port', port: second.port });
      if (!second.isHidden) this.#window.show();
    });
  }
}

/** The window's text about an update; null where there is nothing to do. */
function updateText(update: UpdateState): string | null {
  switch (update.kind) {
    case 'available':
      return `Version ${update.version} is available. Get it from the menu of the tray icon.`;
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

/** macOS passes no arguments to programs that it starts at login. */
function wasOpenedAtLogin(platform: NodeJS.Platform): boolean {
  return platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

/** The arguments of a second start of the program; they come from another process. */
function argumentsIn(data: unknown): readonly string[] {
  const given = (data as { readonly args?: unknown } | null)?.args;
  return Array.isArray(given) ? given.filter((one) => typeof one === 'string') : [];
}
