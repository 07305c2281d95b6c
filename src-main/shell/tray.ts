// The icon in the tray and its menu, drawn again whenever the facts changed. Must not know what the commands do.

import path from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import type { MenuItemConstructorOptions, NativeTheme } from 'electron';
import { shapeOf } from '../../src-shared/state-words.ts';
import { createPaced } from './paced.ts';
import { trayIconFor } from './tray-icon.ts';
import { menuFor, tooltipFor } from './tray-menu.ts';
import type { TrayCommand, TrayEntry, TrayFacts } from './tray-menu.ts';

export interface TrayDeps {
  readonly nativeTheme: Pick<NativeTheme, 'shouldUseDarkColorsForSystemIntegratedUI' | 'on' | 'off'>;
  /** The folder of the pictures. */
  readonly icons: string;
  readonly facts: TrayFacts;
  readonly onCommand: (command: TrayCommand) => void;
  readonly platform: NodeJS.Platform;
}

export interface TrayIcon {
  draw(facts: TrayFacts): void;
  remove(): void;
}

// Some panels blink when a menu is replaced, and users cannot read faster changes.
const REDRAW_MS = 250;

export function createTray({ nativeTheme, icons, facts: first, onCommand, platform }: TrayDeps): TrayIcon {
  let facts = first;
  let shown = { icon: '', tooltip: '', menu: '' };
  const iconNow = (): string =>
    path.join(icons, trayIconFor(shapeOf(facts.state), platform, nativeTheme.shouldUseDarkColorsForSystemIntegratedUI));
  const tray = new Tray(nativeImage.createFromPath(iconNow()));

  const onClick = (command: TrayCommand, isCheck: boolean): void => {
    // Electron has changed the mark already, whether the command works or not: the menu differs from what was drawn.
    if (isCheck) {
      shown = { ...shown, menu: '' };
      paced.call();
    }
    onCommand(command);
  };
  const draw = (): void => {
    const entries = menuFor(facts);
    const wanted = { icon: iconNow(), tooltip: tooltipFor(facts.state), menu: JSON.stringify(entries) };
    if (wanted.icon !== shown.icon) tray.setImage(nativeImage.createFromPath(wanted.icon));
    if (wanted.tooltip !== shown.tooltip) tray.setToolTip(wanted.tooltip);
    if (wanted.menu !== shown.menu) tray.setContextMenu(Menu.buildFromTemplate(templateFor(entries, onClick)));
    shown = wanted;
  };
  const paced = createPaced(draw, REDRAW_MS);
  paced.call();

  nativeTheme.on('updated', paced.call);
  // On macOS a click opens the menu.
  if (platform !== 'darwin') tray.on('click', () => onCommand({ kind: 'open' }));

  return {
    draw(news) {
      facts = news;
      paced.call();
    },
    remove() {
      nativeTheme.off('updated', paced.call);
      paced.cancel();
      tray.destroy();
    },
  };
}

function templateFor(
  entries: readonly TrayEntry[],
  onClick: (command: TrayCommand, isCheck: boolean) => void,
): MenuItemConstructorOptions[] {
  return entries.map((entry): MenuItemConstructorOptions => {
    switch (entry.kind) {
      case 'line':
        return { type: 'separator' };
      case 'text':
        return { label: plain(entry.label), enabled: false };
      case 'command':
        return { label: plain(entry.label), click: () => onClick(entry.command, false) };
      case 'check':
        return {
          label: plain(entry.label),
          type: 'checkbox',
          checked: entry.isOn,
          click: () => onClick(entry.command, true),
        };
      case 'menu':
        return { label: plain(entry.label), submenu: templateFor(entry.entries, onClick) };
    }
  });
}

/** Menus read `&` as the mark of a key. */
function plain(label: string): string {
  return label.replaceAll('&', '&&');
}
