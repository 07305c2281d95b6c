// TabPy's state.ini: the name, description and creation time that /info shows, what it says about web pages and paths.
// Read only, and read anew when somebody edited it. Must not know who asks.
// Source: state.ini.template, tabpy_server/management/state.py and app/app.py (Subdirectory) of TabPy 2.16.

import path from 'node:path';
import { MOST_TEXT_FILE_BYTES, readRegularFileSync } from '../disk/regular-file.ts';
import { parseIni } from '../disk/ini-file.ts';

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

const ORIGIN = 'Access-Control-Allow-Origin';
const CORS = [ORIGIN, 'Access-Control-Allow-Headers', 'Access-Control-Allow-Methods'];
const LOOK_AGAIN_MS = 1_000;

export interface StateFileDeps {
  /** The value of TABPY_STATE_PATH. */
  readonly folder: string;
  readonly log: { info?(text: string): void; warn(text: string): void };
  /** In ms, of a clock that nobody sets. */
  readonly now?: () => number;
}

/** What the state.ini of the folder that the settings name says at the moment; null where none is named. */
export function createCurrentState(folder: () => string, log: StateFileDeps['log']): () => TabpyState | null {
  let opened: { readonly folder: string; readonly state: () => TabpyState | null } = { folder: '', state: () => null };
  return () => {
    const now = folder();
    if (now !== opened.folder)
      opened = { folder: now, state: now === '' ? () => null : openStateFile({ folder: now, log }) };
    return opened.state();
  };
}

/** @returns what asks for the state; it answers null while there is no readable file */
export function openStateFile({ folder, log, now = () => performance.now() }: StateFileDeps): () => TabpyState | null {
  const file = path.join(folder, 'state.ini');
  let state: TabpyState | null = null;
  let readAt = -Infinity;
  let readText: string | null = null;
  let fault: string | null = null;
  return () => {
    if (now() - readAt < LOOK_AGAIN_MS) return state;
    readAt = now();
    try {
      const text = textOf(file);
      if (text === readText) return state;
      // Also one that is not right: it is told once.
      readText = text;
      const before = state?.cors[ORIGIN];
      state = text === null ? null : stateIn(text);
      const origin = state?.cors[ORIGIN];
      if (origin !== undefined && origin !== before) log.info?.(`${file}: ${openedFor(origin)}`);
      fault = null;
    } catch (error) {
      // What was read before stays: somebody is in the middle of editing it.
      const { message } = error as Error;
      if (message !== fault) log.warn(`${file} cannot be read: ${message}`);
      fault = message;
    }
    return state;
  };
}

/** Whose web pages a value of Access-Control-Allow-Origin lets in, in a sentence. */
export function openedFor(origin: string): string {
  return origin === '*'
    ? 'Every web page that is opened on this computer can call this server and read its answers.'
    : `Web pages of ${origin} can call this server and read its answers.`;
}

function textOf(file: string): string | null {
  try {
    return readRegularFileSync(file, MOST_TEXT_FILE_BYTES).toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
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
