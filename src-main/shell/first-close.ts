// What closing the window means, told once: the first time that the window is closed on this computer.

import { existsSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import type { NotificationText } from './notifications.ts';

/** Null when it was told before. Notes in `file` that it is told now. @throws Node's error when it cannot be noted */
export function firstCloseText(file: string, platform: NodeJS.Platform): NotificationText | null {
  if (existsSync(file)) return null;
  writeFileAtomic.sync(file, '', { fsync: false });
  return {
    title: 'TabPy Tray is still running',
    body: `The server goes on answering Tableau. ${whereOn(platform)} Choose Quit in its menu to stop the server.`,
  };
}

function whereOn(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'win32':
      return 'Its icon is beside the clock. If you do not see it, click the arrow there and drag the icon onto the taskbar.';
    case 'darwin':
      return 'Its icon is in the menu bar.';
    default:
      return 'Its icon is in the tray.';
  }
}
