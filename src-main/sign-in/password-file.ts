// TabPy's password file as text: one user a line, name and hash. Pure; must not know where the file lies.
// Source: parse_pwd_file of TabPy 2.16 (tabpy_server/app/util.py), which reads it as CSV with a space between.

import { Refusal } from '../../src-shared/refusal.ts';

/** User names in lower case, with the hashes of their passwords. */
export type Users = ReadonlyMap<string, string>;

/** @throws Refusal `bad-password-file` where TabPy refuses the file, too */
export function usersIn(text: string): Users {
  const users = new Map<string, string>();
  for (const [index, line] of linesOf(text).entries()) {
    const entry = entryOf(line, index + 1);
    if (entry === null) continue;
    if (users.has(entry.name)) {
      throw new Refusal(
        'bad-password-file',
        `line ${index + 1} names the user ${entry.name} a second time; remove one of them`,
      );
    }
    users.set(entry.name, entry.hash);
  }
  return users;
}

/** The text with a user's new hash, in place of the old one or at the end; a null hash removes the user. */
export function withUser(text: string, name: string, hash: string | null): string {
  const lines = text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
  const login = name.toLowerCase();
  const at = lines.findIndex((line, index) => entryOf(line, index + 1)?.name === login);
  const entry = hash === null ? [] : [`${login} ${hash}`];
  const changed = at < 0 ? [...lines, ...entry] : lines.toSpliced(at, 1, ...entry);
  return changed.length === 0 ? '' : `${changed.join('\n')}\n`;
}

/** Why a text cannot be a user's name; null when it can. */
export function nameFault(name: string): string | null {
  if (name === '') return 'A user needs a name.';
  // Basic auth ends the name at the first colon; the file ends it at the first space.
  if (/[\s:"]/.test(name)) return 'A user name cannot contain spaces, colons or quotes.';
  return name.startsWith('#') ? 'A user name cannot begin with #, because such a line is a comment in the file.' : null;
}

function linesOf(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
}

function entryOf(line: string, number: number): { readonly name: string; readonly hash: string } | null {
  if (line === '' || line.startsWith('#')) return null;
  const parts = line.split(' ');
  const [name, hash] = parts;
  if (parts.length !== 2 || !name || !hash) {
    throw new Refusal(
      'bad-password-file',
      `line ${number} is not a user's name, a space and a hash; write it again with tabpy-tray user update`,
    );
  }
  return { name: name.toLowerCase(), hash };
}
