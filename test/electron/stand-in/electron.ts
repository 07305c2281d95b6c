// What `import … from 'electron'` gets in tests (register.ts): Electron's names over a real Chromium. Each part is held to Electron's own types.

import { app } from './app.ts';
import { StandInWindow as BrowserWindow } from './browser-window.ts';
import { clipboard, nativeTheme, powerMonitor, screen, shell, StandInNotification as Notification } from './desktop.ts';
import { dialog } from './dialog.ts';
import { ipcMain } from './ipc-main.ts';
import { StandInMenu as Menu, StandInMenuItem as MenuItem } from './menu.ts';
import { StandInChannel as MessageChannelMain, StandInPort as MessagePortMain } from './message-port.ts';
import { nativeImage } from './native-image.ts';
import { schemeRegistry } from './origins.ts';
import { session } from './session.ts';
import { StandInTray as Tray } from './tray.ts';
import { webContents } from './web-contents.ts';

/** `protocol` is the registry of schemes, and for the rest the default session's. */
const protocol = new Proxy(schemeRegistry, {
  get: (target, name) => Reflect.get(name in target ? target : session.defaultSession.protocol, name) as unknown,
});

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  MessagePortMain,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
  webContents,
};

// Packages that import all of Electron at once (electron-store) do so by its default export.
export default {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  MessagePortMain,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
  webContents,
};
