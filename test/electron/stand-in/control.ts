// The test's hand in the program: reads and clicks what the stand-in holds, over Node's channel to the parent process.
// Must not know the product.

import { app } from './app.ts';
import { StandInWindow } from './browser-window.ts';
import { NOBODY } from './chromium.ts';
import { clipboard, nativeTheme, notified, opened, powerMonitor, screen } from './desktop.ts';
import { errorBoxes, questions } from './dialog.ts';
import { ipcMain } from './ipc-main.ts';
import { StandInMenu } from './menu.ts';
import { StandInTray } from './tray.ts';

// Chromium runs as an ordinary user even where tests run as root, and so does the program as far as it can tell.
if (process.getuid?.() === 0) process.getuid = () => NOBODY;

/** What the parent asks, and what it is answered. */
export interface Ask {
  readonly id: number;
  readonly what: string;
  readonly values: readonly unknown[];
}
export type Told =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failure: string };

const PAGE = 'app://tabpy-tray/';

function look(menu: Electron.Menu | null): readonly object[] {
  return (menu?.items ?? [])
    .filter(({ type, visible }) => type !== 'separator' && visible)
    .map(({ label, enabled, type, checked, submenu, role }) => ({
      label: label.replaceAll('&&', '&'),
      isEnabled: enabled,
      isChecked: type === 'checkbox' ? checked : null,
      items: look(submenu ?? null),
      ...(role === undefined ? {} : { role }),
    }));
}

function tray(): StandInTray {
  const [first] = StandInTray.shown;
  if (!first) throw new Error('There is no icon in the tray.');
  return first;
}

function window(): StandInWindow {
  const found = pageWindow();
  if (!found) throw new Error('There is no window.');
  return found;
}

function pageWindow(): StandInWindow | undefined {
  return StandInWindow.getAllWindows().find(({ webContents }) => webContents.getURL().startsWith(PAGE));
}

const commands: Readonly<Record<string, (...values: never[]) => unknown>> = {
  tray: () => {
    const [first] = StandInTray.shown;
    return first ? { picture: first.image, tooltip: first.tooltip, menu: look(first.menu) } : null;
  },
  choose(...labels: string[]) {
    let menu = tray().menu;
    for (const [depth, label] of labels.entries()) {
      const item = menu?.items.find((one) => one.label.replaceAll('&&', '&') === label);
      if (!item) throw new Error(`There is no '${label}' in the tray's menu.`);
      if (depth === labels.length - 1) item.click();
      menu = item.submenu ?? null;
    }
  },
  clickTray: () => void tray().emit('click', {}, tray().getBounds(), { x: 0, y: 0 }),
  window() {
    const found = pageWindow();
    return found
      ? {
          isVisible: found.isVisible(),
          isMinimized: found.isMinimized(),
          url: found.webContents.getURL(),
          bounds: found.getBounds(),
        }
      : null;
  },
  windowOptions: () => window().options,
  webPreferences: () => window().options.webPreferences,
  closeWindow: () => window().close(),
  moveWindow: (bounds: Electron.Rectangle) => window().setBounds(bounds),
  crashPage: () => window().webContents.forcefullyCrashRenderer(),
  evaluate: (expression: string) => window().webContents.executeJavaScript(expression),
  sessionHandlers: async () => {
    const { handlers } = window().webContents.session;
    const request = handlers.get('permission-request') as Electron.Session['setPermissionRequestHandler'] extends (
      handler: infer Handler,
    ) => void
      ? NonNullable<Handler>
      : never;
    const check = handlers.get('permission-check') as (...values: unknown[]) => boolean;
    return {
      request: await new Promise((resolve) => request({} as never, 'media', resolve, {} as never)),
      check: check(null, 'media', PAGE, {}),
      device: (handlers.get('device-permission') as () => boolean)(),
      spellChecker: handlers.get('spell-checker'),
      isDownloadPrevented: prevented(window().webContents.session, 'will-download'),
    };
  },
  isSessionPersistent: () => window().webContents.session.isPersistent(),
  isPrevented: (event: string) => prevented(window().webContents, event),
  windowCount: () => StandInWindow.getAllWindows().length,
  consoleErrors: () => window().webContents.consoleErrors,
  pageAnswer: async (url: string) => {
    const { status, headers } = await window().webContents.session.answerOf(url);
    return { status, headers: Object.fromEntries(headers) };
  },
  mayRequest: (url: string) => window().webContents.session.mayRequest(url),
  channels: () => ({ handled: ipcMain.handled(), heard: ipcMain.eventNames() }),
  invoke: (channel: string, from: From, ...values: unknown[]) => ipcMain.invoke(channel, eventFrom(from), values),
  question() {
    const [first] = questions;
    if (!first) return null;
    const { message, detail = '', buttons = [] } = first.options;
    return { message, detail, buttons };
  },
  answer(button: string) {
    const [first] = questions;
    const index = first?.options.buttons?.indexOf(button) ?? -1;
    if (!first || index < 0) throw new Error(`Nobody asks with a button '${button}'.`);
    first.answer(index);
  },
  errorBoxes: () => errorBoxes,
  clipboard: () => clipboard.readText(),
  opened: () => opened,
  notified: () => notified.map(({ title, body }) => ({ title, body })),
  clickNotification: (index: number) => notified[index]?.click(),
  power: (event: string) => void powerMonitor.emit(event),
  theme: (isDark: boolean) => nativeTheme.setSystem(isDark),
  themeSource: () => nativeTheme.themeSource,
  displays: (areas: Electron.Rectangle[]) => void (screen.areas = areas),
  applicationMenu: () => look(StandInMenu.getApplicationMenu()),
  quit: () => app.quit(),
  exit: () => app.exit(0),
};

/** Who is said to have sent a message; ours when nothing is said. */
interface From {
  readonly isInner?: boolean;
  readonly isOther?: boolean;
  readonly isGone?: boolean;
  readonly url?: string;
}

function eventFrom({ isInner = false, isOther = false, isGone = false, url }: From): Electron.IpcMainInvokeEvent {
  const { webContents } = window();
  const main = webContents.mainFrame;
  const frame = { url: url ?? main.url, parent: isInner ? main : null };
  return {
    sender: isOther ? {} : webContents,
    senderFrame: isGone ? null : frame,
  } as unknown as Electron.IpcMainInvokeEvent;
}

/** Whether somebody who listens to an event prevents what it announces. */
function prevented(emitter: NodeJS.EventEmitter, event: string): boolean {
  let isPrevented = false;
  emitter.emit(event, { preventDefault: () => (isPrevented = true) }, {}, {});
  return isPrevented;
}

process.on('message', (ask: Ask) => {
  void answer(ask).then((told) => process.send?.(told));
});
// The channel alone keeps no program alive, and no program outlives the test that started it.
process.channel?.unref();
process.once('disconnect', () => app.exit(1));

async function answer({ id, what, values }: Ask): Promise<Told> {
  try {
    const command = commands[what] as ((...given: readonly unknown[]) => unknown) | undefined;
    if (!command) throw new Error(`The control knows no '${what}'.`);
    return { id, answer: (await command(...values)) ?? null };
  } catch (error) {
    return { id, failure: (error as Error).message };
  }
}
