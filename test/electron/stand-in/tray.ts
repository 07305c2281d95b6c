// `Tray`: what a user would see of it. Must not know how a menu is made.

import { EventEmitter } from 'node:events';
import { pictureName } from './native-image.ts';

type Handled =
  | 'setImage'
  | 'setPressedImage'
  | 'setToolTip'
  | 'setTitle'
  | 'getTitle'
  | 'setContextMenu'
  | 'setIgnoreDoubleClickEvents'
  | 'getBounds'
  | 'destroy'
  | 'isDestroyed';

export class StandInTray extends EventEmitter implements Pick<Electron.Tray, Handled> {
  /** The icons that are in the tray now. */
  static readonly shown = new Set<StandInTray>();
  image: string;
  tooltip = '';
  menu: Electron.Menu | null = null;
  #title = '';

  constructor(image: Electron.NativeImage | string) {
    super();
    this.image = pictureName(image);
    StandInTray.shown.add(this);
  }

  setImage(image: Electron.NativeImage | string): void {
    this.#demandShown();
    this.image = pictureName(image);
  }
  setPressedImage(): void {}
  setToolTip(toolTip: string): void {
    this.#demandShown();
    this.tooltip = toolTip;
  }
  setTitle(title: string): void {
    this.#title = title;
  }
  getTitle(): string {
    return this.#title;
  }
  setContextMenu(menu: Electron.Menu | null): void {
    this.#demandShown();
    this.menu = menu;
  }
  setIgnoreDoubleClickEvents(): void {}
  getBounds(): Electron.Rectangle {
    return { x: 0, y: 0, width: 22, height: 22 };
  }
  destroy(): void {
    StandInTray.shown.delete(this);
  }
  isDestroyed(): boolean {
    return !StandInTray.shown.has(this);
  }

  #demandShown(): void {
    if (this.isDestroyed()) throw new Error('Tray is destroyed');
  }
}
