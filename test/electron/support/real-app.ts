// The real bundles in the real Electron, driven by Playwright. Must not know what a journey looks at.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { _electron } from 'playwright-core';
import type { ElectronApplication } from 'playwright-core';
import { electronPackage, findElectron } from '../../../src-main/launcher/electron-program.ts';
import { whyNoWindow } from '../../../src-main/launcher/why-no-window.ts';
import { hasSetuidHelper, hasUserNamespaces } from '../../../src-main/launcher/linux-sandbox.ts';
import { IMAGE_VARIABLE } from '../../../src-main/engines/builtin/supply/ready-image.ts';
import type { AppDriver, AppOptions, QuestionLook, TrayLook, WindowLook } from './app-driver.ts';
import { probing } from './page-script.ts';
import { imageDir } from './stand-in-app.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const HOOK = path.join(import.meta.dirname, 'real-electron-hook.cjs');

/** Electron's program, or why it cannot be tried here. */
export function realElectron(): { readonly program: string } | { readonly why: string } {
  const electron = electronPackage();
  const program = electron && findElectron(electron);
  if (!electron || !program) return { why: 'Electron has no program here (npm start fetches it)' };
  const why = whyNoWindow({
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    hasScreen: Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']),
    canSandbox: hasUserNamespaces() || hasSetuidHelper(path.join(electron.distDir, 'chrome-sandbox')),
  });
  return why === null ? { program } : { why };
}

export async function startRealApp({ dataDir, args = [], env = {} }: AppOptions): Promise<AppDriver> {
  const found = realElectron();
  if ('why' in found) throw new Error(found.why);
  const { program } = found;
  const environment = definedIn({
    ...process.env,
    XDG_CONFIG_HOME: path.join(dataDir, 'config'),
    ...env,
    [IMAGE_VARIABLE]: await imageDir(),
  });
  const argsWith = (further: readonly string[]): string[] => [root, '--data-dir', dataDir, ...further];
  const electron = await _electron.launch({
    executablePath: program,
    args: ['-r', HOOK, ...argsWith(args)],
    env: environment,
    cwd: root,
  });
  const child = electron.process();
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => printed.push(part.toString()));

  const ask = (what: string, ...values: readonly unknown[]): Promise<unknown> =>
    electron.evaluate(
      (_electronModule, [name, given]) => {
        const hook = (globalThis as unknown as Record<string, Record<string, (...all: readonly unknown[]) => unknown>>)[
          'tabpyTrayTest'
        ]!;
        return hook[name]!(...given);
      },
      [what, values] as const,
    );
  const inPage = (expression: string): Promise<unknown> => pageOf(electron).evaluate(expression);
  const app: AppDriver = {
    tray: () => ask('tray') as Promise<TrayLook | null>,
    choose: async (...labels) => void (await ask('choose', ...labels)),
    clickTray: async () => void (await ask('clickTray')),
    window: () => ask('window') as Promise<WindowLook | null>,
    closeWindow: async () => void (await ask('closeWindow')),
    page: {
      text: async () => String(await inPage(probing('text'))),
      press: async (name) => void (await inPage(probing('press', name))),
      fill: async (name, value) => void (await inPage(probing('fill', name, value))),
      buttons: async () => (await inPage(probing('buttons'))) as readonly string[],
      evaluate: inPage,
    },
    crashPage: async () => void (await ask('crashPage')),
    question: () => ask('question') as Promise<QuestionLook | null>,
    answer: async (button) => void (await ask('answer', button)),
    clipboard: async () => String(await ask('clipboard')),
    opened: async () => (await ask('opened')) as readonly string[],
    wake: async () => void (await ask('wake')),
    startAgain: (further) =>
      new Promise((resolve) => {
        spawn(program, argsWith(further), { cwd: root, env: environment, stdio: 'ignore' }).once('exit', resolve);
      }),
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    dataDir,
    output: () => printed.join(''),
  };
  while (!(await app.tray())?.menu.length) await new Promise((resolve) => setTimeout(resolve, 50));
  return app;
}

function pageOf(electron: ElectronApplication) {
  const page = electron.windows().find((one) => one.url().startsWith('app://tabpy-tray/'));
  if (!page) throw new Error('There is no window.');
  return page;
}

function definedIn(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
