// Starts the program at login, as each system does it: an entry of the system on macOS and Windows, a desktop entry on
// Linux.

import { mkdir, rm, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { App } from 'electron';
import writeFileAtomic from 'write-file-atomic';
import { autostartEntry } from './autostart-entry.ts';

export interface LoginItem {
  /** Rejects with Node's error where the entry cannot be written. */
  set(isOn: boolean): Promise<void>;
  /** Writes an existing entry again: an AppImage has another name after an update. */
  refresh(): Promise<void>;
}

export interface LoginItemDeps {
  readonly app: Pick<App, 'setLoginItemSettings' | 'getPath' | 'getAppPath' | 'isPackaged'>;
  readonly platform: NodeJS.Platform;
  readonly execPath: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function createLoginItem({ app, platform, execPath, env }: LoginItemDeps): LoginItem {
  const args = [...(app.isPackaged ? [] : [app.getAppPath()]), '--hidden'];
  if (platform === 'darwin' || platform === 'win32') {
    return {
      // macOS passes no arguments; there the program finds out whether it was opened at login (see tray-app.ts).
      set: async (isOn) => app.setLoginItemSettings(isOn ? { openAtLogin: true, args } : { openAtLogin: false, args }),
      refresh: async () => undefined,
    };
  }
  const folder = path.join(env['XDG_CONFIG_HOME'] ?? path.join(app.getPath('home'), '.config'), 'autostart');
  const file = path.join(folder, 'tabpy-tray.desktop');
  const text = autostartEntry('TabPy Tray', [env['APPIMAGE'] ?? execPath, ...args]);
  return {
    async set(isOn) {
      if (!isOn) {
        await rm(file, { force: true });
        return;
      }
      await mkdir(folder, { recursive: true });
      await writeFileAtomic(file, text);
    },
    async refresh() {
      const kept = await readFile(file, 'utf8').catch(() => null);
      if (kept !== null && kept !== text) await writeFileAtomic(file, text);
    },
  };
}
