// The only window: made when it is first opened, hidden when it is closed, loaded again when its page crashed. Must not
// know what the page shows or what the server does.

import { BrowserWindow } from 'electron';
import type { App, BrowserWindowConstructorOptions, NativeTheme, Screen, WebContents } from 'electron';
import { afterCrash } from './page-crash.ts';
import { LEAST_SIZE, placeFor } from './window-place.ts';
import type { Area, Place } from './window-place.ts';
import { PAGE_URL, webPreferencesFor } from './window-policy.ts';

export interface MainWindow {
  /** Makes the window when there is none, and brings it to the front. */
  show(): void;
  /** The page's contents; null while there is no window. */
  contents(): WebContents | null;
  /** Whether it is open and in front of the other windows. */
  isSeen(): boolean;
  minimize(): void;
  hide(): void;
}

export interface MainWindowDeps {
  readonly app: Pick<App, 'dock' | 'isPackaged'>;
  readonly screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;
  readonly nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors'>;
  readonly preload: string;
  /** Prepares the session of the page; called before each window is made. */
  readonly prepare: () => void;
  readonly icon: string | null;
  readonly place: Place | null;
  readonly keepPlace: (place: Place) => void;
  /** Whether the window may close for good; where it may not, this function decides what happens to it. */
  readonly onClose: () => boolean;
  /** The page crashed, or its window was closed. */
  readonly onPageGone: () => void;
  readonly log: { warn(text: string): void; error(text: string): void };
}

// The page's own background colours, so that nothing flashes before the page is loaded.
const BACKGROUND = { light: '#ffffff', dark: '#1b1d1f' } as const;

export function createMainWindow(deps: MainWindowDeps): MainWindow {
  const { app, screen, nativeTheme, log } = deps;
  let window: BrowserWindow | null = null;
  let place = deps.place;
  let crashes: readonly number[] = [];

  const keepPlace = (of: BrowserWindow): void => {
    place = { ...of.getNormalBounds(), isMaximized: of.isMaximized() };
    deps.keepPlace(place);
  };

  const onPageGone = (of: BrowserWindow, reason: string): void => {
    deps.onPageGone();
    const now = Date.now();
    crashes = [...crashes, now];
    const next = afterCrash(reason, crashes, now);
    switch (next.kind) {
      case 'ignore':
        return;
      case 'give-up':
        log.error(`the page ended again (${reason}) ; open the window to load it again`);
        of.destroy();
        return;
      case 'reload':
        log.warn(`the page ended (${reason}); it is loaded again`);
        setTimeout(() => {
          if (!of.isDestroyed()) load(of);
        }, next.afterMs);
        return;
    }
  };

  const load = (of: BrowserWindow): void => {
    of.loadURL(PAGE_URL).catch((error: unknown) => log.error(`the page does not load: ${String(error)}`));
  };

  const make = (): BrowserWindow => {
    deps.prepare();
    const made = new BrowserWindow(optionsFor(deps, placeFor(place, areasOf(screen)), nativeTheme.shouldUseDarkColors));
    made.on('close', (event) => {
      keepPlace(made);
      if (!deps.onClose()) event.preventDefault();
    });
    made.on('closed', () => {
      window = null;
      deps.onPageGone();
      app.dock?.hide();
    });
    made.on('hide', () => app.dock?.hide());
    made.on('show', () => void app.dock?.show());
    made.once('ready-to-show', () => {
      if (place?.isMaximized) made.maximize();
      made.show();
    });
    made.webContents.on('render-process-gone', (_event, { reason }) => onPageGone(made, reason));
    load(made);
    return made;
  };

  return {
    show() {
      if (window === null) {
        window = make();
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    contents: () => (window === null || window.isDestroyed() ? null : window.webContents),
    isSeen: () => window !== null && !window.isDestroyed() && window.isVisible() && window.isFocused(),
    minimize: () => window?.minimize(),
    hide() {
      if (window !== null) hide(window);
    },
  };
}

/** A window in macOS' full screen leaves a black screen behind when it is hidden. */
function hide(window: BrowserWindow): void {
  if (!window.isFullScreen()) {
    window.hide();
    return;
  }
  window.once('leave-full-screen', () => window.hide());
  window.setFullScreen(false);
}

function areasOf(screen: MainWindowDeps['screen']): readonly [Area, ...Area[]] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary.workArea, ...others.map(({ workArea }) => workArea)];
}

function optionsFor(
  { app, preload, icon }: MainWindowDeps,
  { x, y, width, height }: Place,
  isDark: boolean,
): BrowserWindowConstructorOptions {
  return {
    x,
    y,
    width,
    height,
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    show: false,
    title: 'TabPy Tray',
    backgroundColor: isDark ? BACKGROUND.dark : BACKGROUND.light,
    autoHideMenuBar: true,
    ...(icon === null ? {} : { icon }),
    webPreferences: webPreferencesFor(preload, app.isPackaged),
  };
}
