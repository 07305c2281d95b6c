// Entry of `npm start`: opens the tray app where it can open, and otherwise runs the server without a window. Must not
// hold what the app or the command line do.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildApp, isStale } from '../launcher/built-app.ts';
import {
  electronPackage,
  fetchElectron,
  findElectron,
  isWorthFetching,
  lastFailedFetch,
} from '../launcher/electron-program.ts';
import type { ElectronPackage } from '../launcher/electron-program.ts';
import { argumentsFor } from '../launcher/launch-arguments.ts';
import { whyNoWindow } from '../launcher/why-no-window.ts';
import { hasSetuidHelper, hasUserNamespaces } from '../launcher/linux-sandbox.ts';
import { createProgress } from '../packages/progress.ts';
import { preparePython } from '../engines/builtin/supply/prepare-python.ts';
import { IMAGE_VARIABLE } from '../engines/builtin/supply/ready-image.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CACHE = path.join(ROOT, 'node_modules/.cache/tabpy-tray');
const MEMORY = path.join(CACHE, 'electron-fetch.json');
/** The exit code of a system's loader when a library of the program is missing. */
const EXIT_NOT_LOADED = 127;

const stepsShown = new Set<string>();

await main();

async function main(): Promise<void> {
  const { isQuestion, mustFetch, needsWindow, forApp, forServer } = argumentsFor(process.argv.slice(2));
  if (isQuestion) return runCommandLine(forServer);
  const app = await findApp(mustFetch);
  const why = 'why' in app ? app.why : await runApp(app, forApp);
  if (why === null) return;
  if (needsWindow) {
    process.stderr.write(`No tray app here: ${why}. With --no-server there is nothing else to run.\n`);
    process.exitCode = 1;
    return;
  }
  process.stderr.write(`No tray app here: ${why}. Running without a window.\n`);
  // The same window, in a browser.
  await runCommandLine(['serve', '--console', ...forServer]);
}

interface App {
  readonly program: string;
  /** The image that the app's Python starts from: Electron cannot make it, because its Node cannot strip types. */
  readonly imageDir: string;
}

type Found<T> = T | { readonly why: string };

/** Everything that the app needs, fetched and made where it is missing. */
async function findApp(mustFetch: boolean): Promise<Found<App>> {
  const electron = electronPackage();
  if (!electron) return { why: 'Electron is not installed (npm ci installs it)' };
  const why = whyNoWindow({
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    hasScreen: Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']),
    canSandbox: hasUserNamespaces() || hasSetuidHelper(path.join(electron.distDir, 'chrome-sandbox')),
  });
  if (why !== null) return { why };
  const found = await findProgram(electron, mustFetch);
  if ('why' in found) return found;
  if (isStale(ROOT)) {
    step('Building the app, after a change of its sources');
    const failure = await buildApp(ROOT);
    step('');
    if (failure !== null) return { why: `it cannot be built (npm run build says more): ${failure.split('\n')[0]}` };
  }
  try {
    const { imageDir } = await preparePython({
      say: (text) => process.stderr.write(`${text}\n`),
      // Fetching packages has a progress bar of its own.
      tell({ text, fraction }) {
        const [what = '', ...details] = text.replace(/…$/, '').split(': ');
        if (fraction === null) step(what, details.map((detail) => `: ${detail}`).join(''));
      },
      progress: createProgress(process.stderr),
    });
    return { ...found, imageDir };
  } catch (error) {
    return { why: `Python cannot be prepared (${(error as Error).message})` };
  } finally {
    step('');
  }
}

async function findProgram(
  electron: ElectronPackage,
  mustFetch: boolean,
): Promise<Found<{ readonly program: string }>> {
  const before = findElectron(electron);
  if (before !== null) return { program: before };
  const { version } = electron;
  const last = lastFailedFetch(MEMORY);
  const tryAgain = '`npm start -- --fetch-electron` tries again';
  if (!mustFetch && !isWorthFetching(last, version, Date.now()))
    return { why: `Electron ${version} could not be downloaded recently (${last?.why}); ${tryAgain}` };
  const failure = await fetchElectron({
    version,
    installer: [path.join(electron.dir, 'install.js')],
    workDir: path.join(CACHE, 'electron-fetch'),
    distDir: electron.distDir,
    memoryFile: MEMORY,
    progress: (bytes) => step(`Fetching Electron ${version}, once`, `: ${Math.round(bytes / 1e6)} MB`),
  });
  step('');
  if (failure !== null) return { why: `Electron ${version} cannot be downloaded (${failure}); ${tryAgain}` };
  const program = findElectron(electron);
  return program === null
    ? { why: `Electron ${version} is incomplete; remove node_modules and run npm ci` }
    : { program };
}

/** Runs the app until it ends. @returns why it did not even start, else null */
function runApp({ program, imageDir }: App, args: readonly string[]): Promise<string | null> {
  const child = spawn(program, [ROOT, ...args], {
    stdio: 'inherit',
    env: { ...process.env, [IMAGE_VARIABLE]: imageDir },
  });
  const undo = (['SIGINT', 'SIGTERM'] as const).map((signal) => {
    const forward = (): void => void child.kill(signal);
    process.on(signal, forward);
    return () => process.off(signal, forward);
  });
  return new Promise((resolve) => {
    const end = (why: string | null, code: number | null): void => {
      for (const stop of undo) stop();
      if (why === null) process.exitCode = code ?? 1;
      resolve(why);
    };
    child.once('error', (error) => end(`Electron does not start (${error.message})`, null));
    child.once('exit', (code) =>
      end(code === EXIT_NOT_LOADED ? 'Electron does not start (a library that it needs is missing)' : null, code),
    );
  });
}

/** Runs the command line in this same process, so that signals and exit code are its own. */
async function runCommandLine(args: readonly string[]): Promise<void> {
  process.argv = [process.argv[0]!, path.join(import.meta.dirname, 'cli.ts'), ...args];
  await import('./cli.ts');
}

/** The present step, in a line that the next step replaces; each step once where the output is no terminal. */
function step(text: string, detail = ''): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r\u001B[K${text && `${text}${detail} …`}`);
  } else if (text !== '' && !stepsShown.has(text)) {
    stepsShown.add(text);
    process.stderr.write(`${text} …\n`);
  }
}
