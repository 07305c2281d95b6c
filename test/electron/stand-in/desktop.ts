// The rest of the desktop as data: clipboard, theme, displays, sleep, the file manager, notifications. Must not know windows.

import { EventEmitter } from 'node:events';

type HandledClipboard = 'writeText' | 'readText' | 'clear';

let clipboardText = '';
export const clipboard: Pick<Electron.Clipboard, HandledClipboard> = {
  writeText: (text) => {
    clipboardText = text;
    return Promise.resolve();
  },
  readText: () => Promise.resolve(clipboardText),
  clear: () => void (clipboardText = ''),
};

/** What was shown outside: folders, files and addresses. */
export const opened: string[] = [];
export const shell: Pick<Electron.Shell, 'openPath' | 'openExternal' | 'showItemInFolder' | 'beep'> = {
  openPath: (file) => {
    opened.push(file);
    return Promise.resolve('');
  },
  openExternal: (url) => {
    opened.push(url);
    return Promise.resolve();
  },
  showItemInFolder: (file) => void opened.push(file),
  beep: () => undefined,
};

type HandledTheme =
  | 'themeSource'
  | 'shouldUseDarkColors'
  | 'shouldUseDarkColorsForSystemIntegratedUI'
  | 'shouldUseHighContrastColors'
  | 'inForcedColorsMode';

export class StandInTheme extends EventEmitter implements Pick<Electron.NativeTheme, HandledTheme> {
  readonly shouldUseHighContrastColors = false;
  readonly inForcedColorsMode = false;
  #source: Electron.NativeTheme['themeSource'] = 'system';
  #isSystemDark = false;

  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.#source;
  }
  set themeSource(source) {
    this.#source = source;
    this.emit('updated');
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.#isSystemDark : this.#source === 'dark';
  }
  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return this.#isSystemDark;
  }
  /** The user changes the system's appearance. */
  setSystem(isDark: boolean): void {
    this.#isSystemDark = isDark;
    this.emit('updated');
  }
}
export const nativeTheme = new StandInTheme();

export class StandInScreen
  extends EventEmitter
  implements Pick<Electron.Screen, 'getAllDisplays' | 'getPrimaryDisplay' | 'getDisplayMatching'>
{
  areas: Electron.Rectangle[] = [{ x: 0, y: 0, width: 1920, height: 1080 }];

  getAllDisplays(): Electron.Display[] {
    return this.areas.map((area, id) => ({ id, bounds: area, workArea: area, scaleFactor: 1 }) as Electron.Display);
  }
  getPrimaryDisplay(): Electron.Display {
    return this.getAllDisplays()[0]!;
  }
  getDisplayMatching(): Electron.Display {
    return this.getPrimaryDisplay();
  }
}
export const screen = new StandInScreen();

export class StandInPower
  extends EventEmitter
  implements Pick<Electron.PowerMonitor, 'isOnBatteryPower' | 'getSystemIdleTime'>
{
  isOnBatteryPower(): boolean {
    return false;
  }
  getSystemIdleTime(): number {
    return 0;
  }
}
/** A test fires its events: `suspend`, `resume`, `shutdown`. */
export const powerMonitor = new StandInPower();

/** What notifications said, and a way to click each. */
export const notified: { readonly title: string; readonly body: string; readonly click: () => void }[] = [];

export class StandInNotification extends EventEmitter implements Pick<Electron.Notification, 'show' | 'close'> {
  readonly #options: Electron.NotificationConstructorOptions;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.#options = options;
  }
  static isSupported(): boolean {
    return true;
  }
  show(): void {
    notified.push({
      title: this.#options.title ?? '',
      body: this.#options.body ?? '',
      click: () => void this.emit('click', {}),
    });
    this.emit('show', {});
  }
  close(): void {
    this.emit('close', {});
  }
}
