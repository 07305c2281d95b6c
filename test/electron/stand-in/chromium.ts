// The one Chromium behind all windows of the stand-in, with its real sandbox. Must not know windows.

import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { openDevTools } from './devtools.ts';
import type { DevTools } from './devtools.ts';

// The program itself: Debian's /usr/bin/chromium is a shell script that adds options of its own.
const USUAL_PLACES = ['/usr/lib/chromium/chromium', '/usr/bin/chromium', '/usr/bin/google-chrome'];
const OPTIONS = [
  '--headless=new',
  '--remote-debugging-pipe',
  '--disable-gpu',
  '--no-first-run',
  '--no-startup-window',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--site-per-process',
  '--disable-renderer-backgrounding',
  '--disable-background-timer-throttling',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  // A renderer that is kept in reserve could not be told from the one that a window was given.
  // Whether a page may reach this computer is the product's word, not a prompt's. And each window's address bar, which nobody
  // sees, would be drawn in a renderer of its own.
  '--disable-features=SpareRendererForSitePerProcess,LocalNetworkAccessChecks,WebUIOmniboxPopup,WebUIOmniboxAimPopup',
];
/** As root, Chromium's sandbox refuses to start; this user exists everywhere and owns nothing. */
export const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

export interface Chromium {
  readonly devTools: DevTools;
  readonly pid: number;
  /** Ends it; resolves when it is gone and so are its files. */
  readonly stop: () => Promise<void>;
  /** The operating system's process ids of the renderers that show pages. */
  readonly renderers: () => Promise<ReadonlySet<number>>;
}

/** The program of a Chromium: what TABPY_TRAY_CHROMIUM says, or one in a usual place; null when there is none. */
export function chromiumProgram(): string | null {
  return process.env['TABPY_TRAY_CHROMIUM'] ?? USUAL_PLACES.find((file) => existsSync(file)) ?? null;
}

let running: Promise<Chromium> | null = null;

/** Starts it on first use; it ends with this process. Rejects, loudly, where its sandbox cannot start. */
export function chromium(): Promise<Chromium> {
  running ??= start();
  return running;
}

/** Ends it, if it runs; for tests, which outlive their windows. */
export async function stopChromium(): Promise<void> {
  await (await running?.catch(() => null))?.stop();
  running = null;
}

async function start(): Promise<Chromium> {
  const program = chromiumProgram();
  if (program === null) throw new Error('No Chromium found: install one, or name it in TABPY_TRAY_CHROMIUM.');
  const profile = mkdtempSync(path.join(tmpdir(), 'tabpy-tray-chromium-'));
  if (isRoot) chownSync(profile, NOBODY, NOBODY);
  const child = spawn(program, [...OPTIONS, ...furtherOptions(), `--user-data-dir=${profile}`], {
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    cwd: profile,
    // Chromium's processes get what a desktop session has: a renderer of Electron's, too, inherits its environment.
    env: { ...process.env, HOME: profile, XDG_RUNTIME_DIR: profile },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  const devTools = openDevTools(child.stdio[3] as Writable, child.stdio[4] as Readable);
  let complaints = '';
  child.stderr?.on('data', (part: Buffer) => (complaints = (complaints + part.toString()).slice(-4000)));
  child.once('error', (error) => devTools.close(error.message));
  // Its processes may still write for a moment after they were killed.
  const removeProfile = (): void => rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      devTools.close(`Chromium ended (${code ?? signal}): ${complaints}`);
      process.off('exit', endWithProgram);
      removeProfile();
      resolve();
    });
  });
  const endWithProgram = (): void => {
    child.kill('SIGKILL');
    removeProfile();
  };
  process.once('exit', endWithProgram);
  const stop = (): Promise<void> => {
    child.kill('SIGKILL');
    return ended;
  };
  const renderers = async (): Promise<ReadonlySet<number>> => {
    const { processInfo } = (await devTools.send('SystemInfo.getProcessInfo')) as {
      processInfo: readonly { type: string; id: number }[];
    };
    const ids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    return new Set(ids.filter((id) => !drawsTheBrowser(id)));
  };
  await devTools.send('Browser.getVersion');
  await devTools.send('Target.setDiscoverTargets', { discover: true });
  return { devTools, pid: child.pid!, stop, renderers };
}

/** Chromium draws its own tabs in a renderer too. */
function drawsTheBrowser(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('--top-chrome-webui');
  } catch {
    return false;
  }
}

/** For tests that take the sandbox away to see it missed. */
function furtherOptions(): readonly string[] {
  return (process.env['TABPY_TRAY_CHROMIUM_OPTIONS'] ?? '').split(' ').filter(Boolean);
}

/**
 * On Linux a sandboxed renderer runs under a seccomp filter (mode 2).
 * @throws Error, loudly, where it does not: what is tested there would prove nothing
 */
export function demandSandbox(pid: number): void {
  if (process.platform !== 'linux' || furtherOptions().includes('--no-sandbox')) return;
  if (!readFileSync(`/proc/${pid}/status`, 'latin1').includes('Seccomp:\t2'))
    throw new Error('Chromium runs without its sandbox here; what is tested with it would prove nothing.');
}
