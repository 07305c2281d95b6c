// Whether the desktop shows tray icons at all: on Linux not every desktop does.

import { execFile } from 'node:child_process';

const ASK_MS = 2_000;
const QUESTION = [
  'call',
  '--session',
  '--dest=org.kde.StatusNotifierWatcher',
  '--object-path=/StatusNotifierWatcher',
  '--method=org.freedesktop.DBus.Properties.Get',
  'org.kde.StatusNotifierWatcher',
  'IsStatusNotifierHostRegistered',
] as const;

/**
 * Looks on the session's bus for a host of StatusNotifier icons, with GLib's gdbus (it comes with every desktop that
 * has such a host). False when the bus does not answer: then a closed window can still be found.
 */
export function isTrayShown(platform: NodeJS.Platform): Promise<boolean> {
  if (platform !== 'linux') return Promise.resolve(true);
  return new Promise((resolve) => {
    execFile('gdbus', QUESTION, { timeout: ASK_MS, encoding: 'utf8' }, (error, answer) =>
      resolve(error === null && answer.includes('true')),
    );
  });
}
