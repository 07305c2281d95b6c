// Where interpreters run: both placements are held to the same attacks and the same recorded answers.

import { chromiumProgram } from '../electron/stand-in/chromium.ts';
import { pythonTool } from './python-env.ts';
import type { ServerOptions } from './running-server.ts';

export interface Placement {
  readonly name: string;
  /** For startServer. */
  readonly program: NonNullable<ServerOptions['program']>;
  /** The user under whose rights scripts run there; null: the one who runs the tests. */
  readonly user: number | null;
  /** What a new interpreter may take on a busy machine. */
  readonly startSeconds: number;
}

const processes: Placement = {
  name: 'in a process of Node',
  program: ['src-main/entries/cli.ts', 'serve'],
  user: null,
  startSeconds: 15,
};
const native: Placement = {
  name: "as the user's own CPython",
  program: ['src-main/entries/cli.ts', 'serve', '--python', pythonTool('python')],
  user: null,
  startSeconds: 15,
};
const NOBODY = 65_534;
const windows: Placement = {
  name: 'in a hidden window',
  program: ['--import', './test/electron/stand-in/register.ts', 'test/electron/window-server.ts'],
  user: process.getuid?.() === 0 ? NOBODY : null,
  startSeconds: 60,
};

/** The native engine with the tests' Python: Linux only. */
export function nativePlacements(): readonly Placement[] {
  if (process.platform === 'linux') return [native];
  console.warn('SKIPPED: the native engine; it runs on Linux only.');
  return [];
}

/**
 * Those that can be tested here. Says so, when one cannot.
 * @throws Error then, where everything must run (TABPY_TRAY_ALL_TESTS)
 */
export function placements(): readonly Placement[] {
  if (chromiumProgram() !== null) return [processes, windows];
  const why = 'Python in hidden windows; no Chromium found. Install one or name it in TABPY_TRAY_CHROMIUM.';
  if (process.env['TABPY_TRAY_ALL_TESTS']) throw new Error(`not tested: ${why}`);
  console.warn(`SKIPPED: ${why}`);
  return [processes];
}
