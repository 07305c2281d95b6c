// Loaded by the real Electron before the app (`-r`): keeps what the app gives to the tray and asks in boxes, so that a test
// can see and answer it. Must not change what the app does.

const { BrowserWindow, clipboard, dialog, nativeImage, powerMonitor, shell, Tray } = require('electron');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/** @type {{ picture: string, tooltip: string, menu: Electron.Menu | null } | null} */
let tray = null;
/** @type {{ options: Electron.MessageBoxOptions, answer: (button: number) => void }[]} */
const questions = [];
/** @type {string[]} */
const opened = [];
const files = new WeakMap();
/** @type {Electron.Tray | null} */
let lastTray = null;

const fromPath = nativeImage.createFromPath.bind(nativeImage);
nativeImage.createFromPath = (file) => {
  const image = fromPath(file);
  files.set(image, path.basename(file));
  return image;
};

const noted = (name, note) => {
  const original = Tray.prototype[name];
  Tray.prototype[name] = function patched(...values) {
    lastTray = this;
    tray ??= { picture: '', tooltip: '', menu: null };
    note(...values);
    return original.apply(this, values);
  };
};
noted('setImage', (image) => (tray.picture = files.get(image) ?? ''));
noted('setToolTip', (text) => (tray.tooltip = text));
noted('setContextMenu', (menu) => (tray.menu = menu));
noted('destroy', () => (tray = null));

dialog.showMessageBox = (...given) =>
  new Promise((resolve) => {
    const question = {
      options: given.at(-1),
      answer: (response) => {
        questions.splice(questions.indexOf(question), 1);
        resolve({ response, checkboxChecked: false });
      },
    };
    questions.push(question);
  });
dialog.showSaveDialog = (...given) =>
  new Promise((resolve) => {
    const { defaultPath } = given.at(-1);
    const filePath = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'tabpy-tray-saved-')), path.basename(defaultPath));
    const question = {
      options: { message: defaultPath, detail: filePath, buttons: ['Save', 'Cancel'] },
      answer: (response) => {
        questions.splice(questions.indexOf(question), 1);
        resolve(response === 0 ? { canceled: false, filePath } : { canceled: true, filePath: '' });
      },
    };
    questions.push(question);
  });
dialog.showOpenDialog = (...given) =>
  new Promise((resolve) => {
    const { defaultPath = os.tmpdir(), title = '' } = given.at(-1);
    const question = {
      options: { message: title, detail: defaultPath, buttons: ['Open', 'Cancel'] },
      answer: (response) => {
        questions.splice(questions.indexOf(question), 1);
        resolve(response === 0 ? { canceled: false, filePaths: [defaultPath] } : { canceled: true, filePaths: [] });
      },
    };
    questions.push(question);
  });
shell.openPath = async (file) => {
  opened.push(file);
  return '';
};

const look = (menu) =>
  (menu?.items ?? [])
    .filter(({ type, visible }) => type !== 'separator' && visible)
    .map(({ label, enabled, type, checked, submenu }) => ({
      label: label.replaceAll('&&', '&'),
      isEnabled: enabled,
      isChecked: type === 'checkbox' ? checked : null,
      items: look(submenu),
    }));
const window = () =>
  BrowserWindow.getAllWindows().find(({ webContents }) => webContents.getURL().startsWith('app://tabpy-tray/'));

globalThis.tabpyTrayTest = {
  tray: () => tray && { picture: tray.picture, tooltip: tray.tooltip, menu: look(tray.menu) },
  choose(...labels) {
    let menu = tray.menu;
    for (const [depth, label] of labels.entries()) {
      const item = menu.items.find((one) => one.label.replaceAll('&&', '&') === label);
      if (!item) throw new Error(`There is no '${label}' in the tray's menu.`);
      if (depth === labels.length - 1) item.click();
      menu = item.submenu;
    }
  },
  clickTray: () => void lastTray.emit('click', {}, lastTray.getBounds(), { x: 0, y: 0 }),
  window() {
    const found = window();
    return found
      ? {
          isVisible: found.isVisible(),
          isMinimized: found.isMinimized(),
          url: found.webContents.getURL(),
          bounds: found.getBounds(),
        }
      : null;
  },
  closeWindow: () => window().close(),
  crashPage: () => window().webContents.forcefullyCrashRenderer(),
  question() {
    const [first] = questions;
    if (!first) return null;
    const { message, detail = '', buttons = [] } = first.options;
    return { message, detail, buttons };
  },
  answer: (button) => questions[0].answer(questions[0].options.buttons.indexOf(button)),
  clipboard: () => clipboard.readText(),
  opened: () => opened,
  wake: () => void powerMonitor.emit('resume'),
};
