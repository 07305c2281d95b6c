// The real bundles under the stand-in for Electron, in a process of their own. Must not know what a journey looks at.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { buildApp, isStale } from '../../../src-main/launcher/built-app.ts';
import { silentProgress } from '../../../src-main/packages/progress.ts';
import { preparePython } from '../../../src-main/engines/builtin/supply/prepare-python.ts';
import { IMAGE_VARIABLE } from '../../../src-main/engines/builtin/supply/ready-image.ts';
import type { Ask, Told } from '../stand-in/control.ts';
import type { AppDriver, AppOptions, QuestionLook, TrayLook, WindowLook } from './app-driver.ts';
import { probing } from './page-script.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const standIn = path.join(root, 'test/electron/stand-in');
const PROGRAM = path.join(root, 'out/main/main.js');

/** What only the stand-in can tell of the program. */
export interface StandInApp extends AppDriver {
  ask(what: string, ...values: readonly unknown[]): Promise<unknown>;
}

const KILL_MS = 3_000;
let image: Promise<string> | null = null;

/** What `npm start` does first: builds what is older than its sources, and makes the image of Python. Rejects with why not. */
export async function prepareApp(): Promise<void> {
  if (isStale(root)) {
    const failure = await buildApp(root);
    if (failure !== null) throw new Error(`The app cannot be built: ${failure}`);
  }
  await imageDir();
}

/** The image's folder; made once. */
export function imageDir(): Promise<string> {
  image ??= preparePython({ say: () => undefined, tell: () => undefined, progress: silentProgress }).then(
    (prepared) => prepared.imageDir,
  );
  return image;
}

/** Starts the app and waits until its icon is in the tray, or until it ended. */
export async function startStandInApp(options: AppOptions): Promise<StandInApp> {
  const given = { ...options, env: { ...options.env, [IMAGE_VARIABLE]: await imageDir() } };
  const { child, output } = run(given);
  const ended = exitOf(child);
  const ask = openControl(child);
  const app: StandInApp = {
    ask,
    tray: () => ask('tray') as Promise<TrayLook | null>,
    choose: async (...labels) => void (await ask('choose', ...labels)),
    clickTray: async () => void (await ask('clickTray')),
    window: () => ask('window') as Promise<WindowLook | null>,
    closeWindow: async () => void (await ask('closeWindow')),
    page: {
      text: async () => String(await ask('evaluate', probing('text'))),
      press: async (name) => void (await ask('evaluate', probing('press', name))),
      fill: async (name, value) => void (await ask('evaluate', probing('fill', name, value))),
      buttons: async () => (await ask('evaluate', probing('buttons'))) as readonly string[],
      evaluate: (expression) => ask('evaluate', expression),
    },
    crashPage: async () => void (await ask('crashPage')),
    question: () => ask('question') as Promise<QuestionLook | null>,
    answer: async (button) => void (await ask('answer', button)),
    clipboard: async () => String(await ask('clipboard')),
    opened: async () => (await ask('opened')) as readonly string[],
    wake: async () => void (await ask('power', 'resume')),
    startAgain: (args) => exitOf(run({ ...given, args }).child),
    ended,
    async kill() {
      // In order where that is possible: Chromium's folder goes with it.
      await Promise.race([ask('exit').catch(() => undefined), after(KILL_MS)]);
      child.kill('SIGKILL');
      await ended;
    },
    dataDir: options.dataDir,
    output,
  };
  await untilShown(app, ended);
  return app;
}

function run({ dataDir, args = [], env = {} }: AppOptions): { child: ChildProcess; output: () => string } {
  const child = fork(PROGRAM, ['--data-dir', dataDir, ...args], {
    cwd: root,
    env: { ...process.env, XDG_CONFIG_HOME: path.join(dataDir, 'config'), ...env },
    execArgv: [
      '--disable-warning=ExperimentalWarning',
      '--import',
      path.join(standIn, 'register.ts'),
      '--import',
      path.join(standIn, 'control.ts'),
    ],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => printed.push(part.toString()));
  return { child, output: () => printed.join('') };
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', resolve));
}

function openControl(child: ChildProcess): StandInApp['ask'] {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  child.on('message', (told: Told) => {
    const asked = waiting.get(told.id);
    waiting.delete(told.id);
    if ('failure' in told) asked?.reject(new Error(told.failure));
    else asked?.resolve(told.answer);
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('The program has ended.'));
    waiting.clear();
  });
  return (what, ...values) => {
    if (!child.connected) return Promise.reject(new Error('The program has ended.'));
    lastId += 1;
    const asked = Promise.withResolvers<unknown>();
    waiting.set(lastId, asked);
    child.send({ id: lastId, what, values } satisfies Ask);
    return asked.promise;
  };
}

async function untilShown(app: StandInApp, ended: Promise<number | null>): Promise<void> {
  let hasEnded = false;
  void ended.then(() => (hasEnded = true));
  for (;;) {
    const tray = await app.tray().catch(() => null);
    if (tray?.menu.length) return;
    if (hasEnded) throw new Error(`The program ended before it was in the tray: ${app.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
