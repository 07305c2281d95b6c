// The program's menu: on macOS the bar at the top, without which Cmd+C and the like do nothing; no menu elsewhere.
// Pure.

import type { MenuItemConstructorOptions } from 'electron';

/** Null: no menu at all. Developer entries only during development. */
export function appMenuFor(
  platform: NodeJS.Platform,
  isPackaged: boolean,
  onSettings: () => void,
): MenuItemConstructorOptions[] | null {
  if (platform !== 'darwin') return null;
  return [
    {
      label: 'TabPy Tray',
      submenu: [
        { role: 'about' },
        { type: 'separator' },
        { label: 'Settings…', accelerator: 'Cmd+,', click: onSettings },
        { type: 'separator' },
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        { type: 'separator' },
        { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    ...(isPackaged ? [] : [{ role: 'viewMenu' } as const]),
    { role: 'windowMenu' },
  ];
}
