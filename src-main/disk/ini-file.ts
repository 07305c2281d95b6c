// Reads INI files as Python's ConfigParser does: TabPy's configuration and state.ini, and pip's settings. Pure.
// Source: configparser of CPython 3.11 (RawConfigParser._read, BasicInterpolation).
// Threat: any file can be named as a configuration, and the user who named it sees its errors. So an error gives the
// line number, and quotes the line only to the user who starts the program.

import { Refusal } from '../../src-shared/refusal.ts';

/** A value with the line on which it begins, from 1. */
export interface IniValue {
  readonly text: string;
  readonly line: number;
}

/** Values by section and key; keys are lower case, as in ConfigParser by default. */
export type IniSections = ReadonlyMap<string, ReadonlyMap<string, IniValue>>;

/** A fault of a file, with its line. The message quotes no line of the file; `quoted` is for its author. */
export class IniFault extends Refusal {
  readonly line: number;
  readonly quoted: string;

  constructor(line: number, message: string, quoted = message) {
    super('bad-ini', message);
    this.line = line;
    this.quoted = quoted;
  }
}

/** The option with which TabPy reads state.ini: its keys are names of functions. */
export interface IniWay {
  readonly isCaseKept: boolean;
}

/** @throws IniFault for an invalid line, or a repeated section or key */
export function parseIni(text: string, { isCaseKept }: IniWay = { isCaseKept: false }): IniSections {
  const sections = new Map<string, Map<string, IniValue>>();
  let section: Map<string, IniValue> | null = null;
  let last: { readonly key: string; readonly indent: number; emptyLines: number } | null = null;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = index + 1;
    const body = raw.trim();
    if (body.startsWith('#') || body.startsWith(';')) continue;
    const indent = raw.length - raw.trimStart().length;
    if (body === '') {
      // Part of a value, if more of the value follows.
      if (last) last.emptyLines += 1;
      continue;
    }
    if (section && last && indent > last.indent) {
      const before: IniValue = section.get(last.key)!;
      section.set(last.key, { ...before, text: `${before.text}${'\n'.repeat(last.emptyLines + 1)}${body}` });
      last.emptyLines = 0;
      continue;
    }
    const head = /^\[(?<name>.+)\]/.exec(body)?.groups?.['name'];
    if (head !== undefined) {
      if (sections.has(head))
        throw new IniFault(line, 'the section is defined twice', `the section [${head}] is defined twice`);
      section = new Map();
      sections.set(head, section);
      last = null;
      continue;
    }
    const { key, value } = /^(?<key>.*?)\s*(?:[=:]\s*(?<value>.*))?$/s.exec(body)?.groups ?? {};
    if (section === null)
      throw new IniFault(line, 'it stands before the first [section]', `'${body}' stands before the first [section]`);
    if (!key || value === undefined)
      throw new IniFault(line, 'it is not of the form KEY = VALUE', `'${body}' is not of the form KEY = VALUE`);
    const name = isCaseKept ? key : key.toLowerCase();
    if (section.has(name)) throw new IniFault(line, 'the key is defined twice', `${key} is defined twice`);
    section.set(name, { text: value.trim(), line });
    last = { key: name, indent, emptyLines: 0 };
  }
  return sections;
}

const MOST_DEPTH = 10;

/**
 * A value with `%(NAME)s` replaced by other keys of its section or of `defaults` (names in any case), and `%%` by `%`.
 * @throws IniFault for a missing name, or a lone `%`
 */
export function interpolated(
  value: IniValue,
  section: ReadonlyMap<string, IniValue>,
  defaults: ReadonlyMap<string, string>,
  depth = 0,
): string {
  if (depth > MOST_DEPTH) throw new IniFault(value.line, `the value refers to itself, or too deep`);
  return value.text.replace(/%(?:%|\((?<name>[^)]+)\)s|(?<lone>.|$))/gs, (whole, _name, _lone, ...rest) => {
    if (whole === '%%') return '%';
    const { name } = rest.at(-1) as { readonly name?: string };
    if (name === undefined) throw new IniFault(value.line, `a % must be written as %%, or begin %(NAME)s`);
    const key = name.toLowerCase();
    const own = section.get(key);
    if (own) return interpolated(own, section, defaults, depth + 1);
    const given = defaults.get(key);
    if (given === undefined) throw new IniFault(value.line, `%(${name})s is neither a key of the file nor a variable`);
    return given;
  });
}
