// Starting at login on each system.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Settings } from 'electron';
import { describe, expect, it } from 'vitest';
import { createLoginItem } from '../../src-main/shell/login-item.ts';
import type { LoginItemDeps } from '../../src-main/shell/login-item.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

function appIn(home: string, isPackaged = true) {
  const given: Settings[] = [];
  const app: LoginItemDeps['app'] = {
    setLoginItemSettings: (settings) => void given.push(settings),
    getPath: () => home,
    getAppPath: () => '/src/tabpy-tray',
    isPackaged,
  };
  return { app, given };
}

describe('starting at login', () => {
  it.each(['win32', 'darwin'] as const)('is an entry of the system on %s, hidden', async (platform) => {
    const { app, given } = appIn('/home');
    const item = createLoginItem({ app, platform, execPath: '/app', env: {} });
    await item.set(true);
    await item.set(false);
    expect(given).toEqual([
      { openAtLogin: true, args: ['--hidden'] },
      { openAtLogin: false, args: ['--hidden'] },
    ]);
  });

  it('is a desktop entry on Linux, which goes when it is switched off', async () => {
    const home = temporaryFolder();
    const item = createLoginItem({ app: appIn(home).app, platform: 'linux', execPath: '/opt/tabpy-tray', env: {} });
    const file = path.join(home, '.config/autostart/tabpy-tray.desktop');
    await item.set(true);
    expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/tabpy-tray" "--hidden"');
    await item.set(false);
    expect(existsSync(file)).toBe(false);
    await item.set(false);
  });

  it('starts an AppImage by its own file, in the folder that the desktop says', async () => {
    const config = temporaryFolder();
    const env = { XDG_CONFIG_HOME: config, APPIMAGE: '/apps/tabpy-tray-1.AppImage' };
    const { app } = appIn('/nowhere');
    const file = path.join(config, 'autostart/tabpy-tray.desktop');
    await createLoginItem({ app, platform: 'linux', execPath: '/tmp/.mount/x', env }).set(true);
    expect(readFileSync(file, 'utf8')).toContain('Exec="/apps/tabpy-tray-1.AppImage" "--hidden"');

    const later = { ...env, APPIMAGE: '/apps/tabpy-tray-2.AppImage' };
    await createLoginItem({ app, platform: 'linux', execPath: '/tmp/.mount/x', env: later }).refresh();
    expect(readFileSync(file, 'utf8')).toContain('tabpy-tray-2.AppImage');
  });

  it('makes no entry by refreshing one that is not there', async () => {
    const home = temporaryFolder();
    await createLoginItem({ app: appIn(home).app, platform: 'linux', execPath: '/x', env: {} }).refresh();
    expect(existsSync(path.join(home, '.config'))).toBe(false);
  });

  it('names the program to Electron while it is developed', async () => {
    const { app, given } = appIn('/home', false);
    await createLoginItem({ app, platform: 'win32', execPath: '/electron', env: {} }).set(true);
    expect(given).toEqual([{ openAtLogin: true, args: ['/src/tabpy-tray', '--hidden'] }]);
  });
});
