// TabPy's state.ini: the name, description and creation time that /info shows, what it says about web pages and paths.
// Read only, and read anew when somebody edited it. Must not know who asks.
// Source: state.ini.template, tabpy_server/management/state.py and app/app.py (Subdirectory) of TabPy 2.16.

import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseIni } from './ini-file.ts';

export interface TabpyState {
  readonly name: string;
  readonly description: string;
  /** Seconds since 1970-01-01, as text. */
  readonly creationTime: string;
  /** Headers `Access-Control-Allow-…` that every answer carries; empty ones are left out. */
  readonly cors: Readonly<Record<string, string>>;
  /** What may stand before every path, such as `/analytics`; empty when nothing does. */
  readonly prefix: string;
}

const CORS = ['Access-Control-Allow-Origin', 'Access-Control-Allow-Headers', 'Access-Control-Allow-Methods'];
const LOOK_AGAIN_MS = 1_000;

export interface StateFileDeps {
  /** The value of TABPY_STATE_PATH. */
  readonly folder: string;
  readonly log: { warn(text: string): void };
  readonly now?: () => number;
}

/** @returns what asks for the state; it answers null while there is no readable file */
export function openStateFile({ folder, log, now = Date.now }: StateFileDeps): () => TabpyState | null {
  const file = path.join(folder, 'state.ini');
  let state: TabpyState | null = null;
  let readAt = -Infinity;
  let stamp: number | null = null;
  return () => {
    if (now() - readAt < LOOK_AGAIN_MS) return state;
    readAt = now();
    const time = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
    if (time === stamp) return state;
    stamp = time;
    try {
      state = time === null ? null : stateIn(readFileSync(file, 'utf8'));
    } catch (error) {
      // What was read before stays: somebody is in the middle of editing it.
      log.warn(`${file} cannot be read: ${(error as Error).message}`);
    }
    return state;
  };
}

function stateIn(text: string): TabpyState {
  const info = parseIni(text).get('Service Info');
  const valueOf = (key: string): string => info?.get(key.toLowerCase())?.text ?? '';
  const cors = CORS.map((header) => [header, valueOf(header)] as const).filter(([, value]) => value !== '');
  return {
    name: valueOf('Name'),
    description: valueOf('Description'),
    creationTime: valueOf('Creation Time') || '0',
    cors: Object.fromEntries(cors),
    prefix: prefixOf(valueOf('Subdirectory')),
  };
}

function prefixOf(subdirectory: string): string {
  const parts = subdirectory.split('/').filter((part) => part !== '');
  return parts.map((part) => `/${part}`).join('');
}
