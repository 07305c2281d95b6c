// The menu of the program: on macOS the bar at the top, without which Cmd+C and its kin do nothing; elsewhere none. Pure.

import type { MenuItemConstructorOptions } from 'electron';

/** Null: no menu at all. Developer's entries only while it is developed. */
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
