// Reads the command line of the tray app. Pure.

import { parseArgs } from 'node:util';

export interface LaunchFlags {
  /** Opens no window: the start at login. */
  readonly isHidden: boolean;
  /** Waits for "Start server" instead of starting the server. */
  readonly noServer: boolean;
  readonly port: number | null;
  readonly dataDir: string | null;
  /** Arguments that could not be used, as sentences. */
  readonly faults: readonly string[];
}

/** Reads the known options and ignores the others: Electron, Chromium and the system add options of their own. */
export function flagsOf(args: readonly string[]): LaunchFlags {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      hidden: { type: 'boolean' },
      'no-server': { type: 'boolean' },
      port: { type: 'string' },
      'data-dir': { type: 'string' },
    },
  });
  const faults: string[] = [];
  return {
    isHidden: values.hidden === true,
    noServer: values['no-server'] === true,
    port: portOf(values.port, faults),
    dataDir: folderOf(values['data-dir'], faults),
    faults,
  };
}

function portOf(value: unknown, faults: string[]): number | null {
  if (value === undefined) return null;
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  faults.push(`--port ${asGiven(value)}: it must be a whole number from 0 to 65535.`);
  return null;
}

function folderOf(value: unknown, faults: string[]): string | null {
  if (value === undefined) return null;
  if (typeof value === 'string' && value !== '') return value;
  faults.push('--data-dir has no value. Name a folder.');
  return null;
}

function asGiven(value: unknown): string {
  return typeof value === 'string' ? `is '${value}'` : 'has no value';
}
