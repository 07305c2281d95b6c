// `BrowserWindow`: Electron's windows over pages of a Chromium without a screen. Must not know what they show.

import { EventEmitter } from 'node:events';
import { StandInWebContents } from './web-contents.ts';

type Handled =
  | 'id'
  | 'loadURL'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'isVisible'
  | 'focus'
  | 'blur'
  | 'isFocused'
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'minimize'
  | 'restore'
  | 'isMinimized'
  | 'maximize'
  | 'unmaximize'
  | 'isMaximized'
  | 'setFullScreen'
  | 'isFullScreen'
  | 'getBounds'
  | 'setBounds'
  | 'getNormalBounds'
  | 'getTitle'
  | 'setTitle'
  | 'setMenu'
  | 'removeMenu'
  | 'setMenuBarVisibility'
  | 'setBackgroundColor'
  | 'setTitleBarOverlay'
  | 'setSkipTaskbar'
  | 'setProgressBar'
  | 'flashFrame'
  | 'moveTop';

let lastId = 0;
const windows = new Map<number, StandInWindow>();
let focusedId: number | null = null;
const whenAllClosed = new Set<() => void>();

export class StandInWindow extends EventEmitter implements Pick<Electron.BrowserWindow, Handled> {
  readonly id: number;
  readonly webContents: StandInWebContents;
  /** What it was made with, for tests. */
  readonly options: Electron.BrowserWindowConstructorOptions;
  #isVisible: boolean;
  #isMinimized = false;
  #isMaximized = false;
  #isFullScreen = false;
  #isDestroyed = false;
  #bounds: Electron.Rectangle;
  #title: string;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    lastId += 1;
    this.id = lastId;
    this.options = options;
    this.#isVisible = options.show ?? true;
    this.#title = options.title ?? 'Electron';
    this.#bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    this.webContents = new StandInWebContents(options.webPreferences ?? {});
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    this.webContents.once('destroyed', () => this.#closed());
    windows.set(this.id, this);
  }

  static getAllWindows(): StandInWindow[] {
    return [...windows.values()];
  }
  static fromId(id: number): StandInWindow | null {
    return windows.get(id) ?? null;
  }
  static fromWebContents(contents: Electron.WebContents): StandInWindow | null {
    return [...windows.values()].find((one) => one.webContents.id === contents.id) ?? null;
  }
  static getFocusedWindow(): StandInWindow | null {
    return focusedId === null ? null : (windows.get(focusedId) ?? null);
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }
  show(): void {
    this.showInactive();
    this.focus();
  }
  showInactive(): void {
    if (this.#isVisible) return;
    this.#isVisible = true;
    this.emit('show');
  }
  hide(): void {
    this.blur();
    if (!this.#isVisible) return;
    this.#isVisible = false;
    this.emit('hide');
  }
  isVisible(): boolean {
    return this.#isVisible;
  }
  focus(): void {
    if (this.isFocused()) return;
    focusedId = this.id;
    this.emit('focus');
  }
  blur(): void {
    if (!this.isFocused()) return;
    focusedId = null;
    this.emit('blur');
  }
  isFocused(): boolean {
    return focusedId === this.id;
  }
  close(): void {
    let isPrevented = false;
    this.emit('close', { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) this.destroy();
  }
  destroy(): void {
    void this.webContents.destroy();
  }
  isDestroyed(): boolean {
    return this.#isDestroyed;
  }
  minimize(): void {
    this.#isMinimized = true;
    this.emit('minimize');
  }
  restore(): void {
    this.#isMinimized = false;
    this.emit('restore');
  }
  isMinimized(): boolean {
    return this.#isMinimized;
  }
  maximize(): void {
    this.#isMaximized = true;
    this.emit('maximize');
  }
  unmaximize(): void {
    this.#isMaximized = false;
    this.emit('unmaximize');
  }
  isMaximized(): boolean {
    return this.#isMaximized;
  }
  setFullScreen(isFull: boolean): void {
    this.#isFullScreen = isFull;
  }
  isFullScreen(): boolean {
    return this.#isFullScreen;
  }
  getBounds(): Electron.Rectangle {
    return this.#bounds;
  }
  getNormalBounds(): Electron.Rectangle {
    return this.#bounds;
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    this.emit('resize');
    this.emit('move');
  }
  getTitle(): string {
    return this.#title;
  }
  setTitle(title: string): void {
    this.#title = title;
  }
  setMenu(): void {}
  removeMenu(): void {}
  setMenuBarVisibility(): void {}
  setBackgroundColor(): void {}
  setTitleBarOverlay(): void {}
  setSkipTaskbar(): void {}
  setProgressBar(): void {}
  flashFrame(): void {}
  moveTop(): void {}

  #closed(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.blur();
    windows.delete(this.id);
    this.emit('closed');
    if (windows.size === 0) for (const tell of whenAllClosed) tell();
  }
}

/** Calls back each time the last window was closed. */
export function onAllClosed(tell: () => void): void {
  whenAllClosed.add(tell);
}
