// Reads TabPy's state.ini: the name, description and creation time that /info shows, and its entries for web pages and
// paths. Read only; read again after somebody edited it.
// Source: state.ini.template, tabpy_server/management/state.py and app/app.py (Subdirectory) of TabPy 2.16.

import path from 'node:path';
import type { SettingSources } from '../../src-shared/setting-source.ts';
import { MOST_TEXT_FILE_BYTES, readRegularFileSync } from '../disk/regular-file.ts';
import { parseIni } from '../disk/ini-file.ts';

export interface TabpyState {
  readonly name: string;
  readonly description: string;
  /** Seconds since 1970-01-01, as text. */
  readonly creationTime: string;
  /** Headers `Access-Control-Allow-…` of every answer; empty headers are left out. */
  readonly cors: Readonly<Record<string, string>>;
  /** The prefix that paths may have, such as `/analytics`; empty without one. */
  readonly prefix: string;
}

const ORIGIN = 'Access-Control-Allow-Origin';
const CORS = [ORIGIN, 'Access-Control-Allow-Headers', 'Access-Control-Allow-Methods'];
const LOOK_AGAIN_MS = 1_000;

export interface StateFileDeps {
  /** The value of TABPY_STATE_PATH. */
  readonly folder: string;
  readonly log: { info?(text: string): void; warn(text: string): void };
  /** In ms, of a monotonic clock. */
  readonly now?: () => number;
}

/** The present state.ini in the folder that the settings name; null where none is named. */
export function createCurrentState(folder: () => string, log: StateFileDeps['log']): () => TabpyState | null {
  let opened: { readonly folder: string; readonly state: () => TabpyState | null } = { folder: '', state: () => null };
  return () => {
    const now = folder();
    if (now !== opened.folder)
      opened = { folder: now, state: now === '' ? () => null : openStateFile({ folder: now, log }) };
    return opened.state();
  };
}

/** The sources of settings, with what a state.ini says in place of settings (as GET /info answers). */
export function sourcesWithState(sources: SettingSources, state: TabpyState | null, folder: string): SettingSources {
  if (state === null) return sources;
  const file = path.join(folder, 'state.ini');
  return {
    ...sources,
    description: { kind: 'state', file, value: state.description },
    ...(state.name === '' ? {} : { name: { kind: 'state', file, value: state.name } }),
  };
}

/** @returns a function that returns the state, or null while there is no readable file */
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
      // A faulty file is noted too, so that it is reported only once.
      readText = text;
      const before = state?.cors[ORIGIN];
      state = text === null ? null : stateIn(text);
      const origin = state?.cors[ORIGIN];
      if (origin !== undefined && origin !== before) log.info?.(`${file}: ${openedFor(origin)}`);
      fault = null;
    } catch (error) {
      // The last valid state stays: somebody is editing the file.
      const { message } = error as Error;
      if (message !== fault) log.warn(`${file} cannot be read: ${message}`);
      fault = message;
    }
    return state;
  };
}

/** A sentence about whose web pages a value of Access-Control-Allow-Origin admits. */
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
