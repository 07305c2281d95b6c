// Reads the functions and the server's description in TabPy's state.ini. Pure; must not know where it lies.
// Source: tabpy_server/management/state.py and util.py of TabPy 2.16.

import { parseBounded } from '../../src-shared/bounded-json.ts';
import type { Json } from '../../src-shared/function.ts';
import { isRefusal } from '../../src-shared/refusal.ts';
import { interpolated, parseIni } from '../disk/ini-file.ts';
import type { IniSections, IniValue } from '../disk/ini-file.ts';

/** A function or alias as TabPy has it. Times in whole seconds since 1970-01-01 UTC, 0 where unknown. */
export interface TabpyFunction {
  readonly name: string;
  readonly type: 'model' | 'alias';
  readonly version: number;
  readonly description: string;
  readonly docstring: string;
  readonly schema: Json;
  readonly isPublic: boolean;
  readonly target: string | null;
  readonly creationTime: number;
  readonly lastModifiedTime: number;
}

export interface TabpyStateContent {
  readonly functions: readonly TabpyFunction[];
  /** Functions with an unreadable entry, with the reason. */
  readonly damaged: readonly { readonly name: string; readonly why: string }[];
  /** [Service Info] as it is written, such as `Name` and `Access-Control-Allow-Origin`. */
  readonly serviceInfo: ReadonlyMap<string, string>;
}

const FUNCTIONS = 'Query Objects Service Versions';
const DOCSTRINGS = 'Query Objects Docstrings';

/** @throws IniFault when ConfigParser could not read it */
export function readTabpyState(text: string): TabpyStateContent {
  const sections = parseIni(text, { isCaseKept: true });
  const functions: TabpyFunction[] = [];
  const damaged: { name: string; why: string }[] = [];
  for (const [name, value] of sections.get(FUNCTIONS) ?? []) {
    try {
      const info = jsonOf(plain(value, sections, FUNCTIONS));
      const docstring = sections.get(DOCSTRINGS)?.get(name);
      functions.push(functionOf(name, info, docstring ? plain(docstring, sections, DOCSTRINGS) : ''));
    } catch (error) {
      damaged.push({
        name,
        why: `its entry in state.ini (line ${value.line}) is damaged: ${(error as Error).message}`,
      });
    }
  }
  const serviceInfo = new Map([...(sections.get('Service Info') ?? [])].map(([key, value]) => [key, value.text]));
  return { functions, damaged, serviceInfo };
}

/** A few dozen values; the parser's own message would quote the faulty part. */
const ENTRY_BOUNDS = { characters: 1_000_000, items: 50_000, levels: 60 };

function jsonOf(text: string): unknown {
  try {
    return parseBounded(text, ENTRY_BOUNDS);
  } catch (error) {
    throw isRefusal(error, 'json-too-large') ? error : new Error('it is not JSON', { cause: error });
  }
}

/** With `%%` read as ConfigParser does; a lone % (written by hand) stays. */
function plain(value: IniValue, sections: IniSections, section: string): string {
  try {
    return interpolated(value, sections.get(section) ?? new Map(), new Map());
  } catch {
    return value.text;
  }
}

function functionOf(name: string, info: unknown, docstring: string): TabpyFunction {
  if (typeof info !== 'object' || info === null || Array.isArray(info)) throw new Error('it is not an object');
  const fields = info as Readonly<Record<string, Json | undefined>>;
  const number = (key: string): number => {
    const value = fields[key];
    return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
  };
  const text = (key: string): string => (typeof fields[key] === 'string' ? fields[key] : '');
  return {
    name,
    type: fields['type'] === 'alias' ? 'alias' : 'model',
    version: number('version') || 1,
    description: text('description'),
    docstring,
    schema: fields['schema'] ?? null,
    isPublic: fields['is_public'] === true,
    target: text('target') || null,
    creationTime: number('creation_time'),
    lastModifiedTime: number('last_modified_time'),
  };
}
