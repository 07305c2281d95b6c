// `tabpy-tray user …`: users of a password file, in TabPy's format. Must not print a password that was given to it.

import { parseArgs } from 'node:util';
import writeFileAtomic from 'write-file-atomic';
import { readTextFile } from '../disk/regular-file.ts';
import { nameFault, usersIn, withUser } from '../sign-in/password-file.ts';
import { newPassword, passwordHash } from '../sign-in/password-hash.ts';

export const USER_HELP = `tabpy-tray user: users of a password file, in the format of tabpy-user.

  tabpy-tray user add    -u NAME [-p PASSWORD] -f FILE    without -p a password is made and printed once
  tabpy-tray user update -u NAME [-p PASSWORD] -f FILE
  tabpy-tray user remove -u NAME -f FILE
  tabpy-tray user list   -f FILE

A password on the command line can be seen by others on this computer; -p - reads it from the input.
`;

const OWNER_ONLY = 0o600;

export interface UserCommandDeps {
  readonly say: (text: string) => void;
  readonly readInput: () => Promise<string>;
}

/** Rejects with an Error whose message is a sentence for the user. */
export async function userCommand(args: readonly string[], { say, readInput }: UserCommandDeps): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      user: { type: 'string', short: 'u' },
      // tabpy-user's own documentation has both spellings.
      username: { type: 'string' },
      password: { type: 'string', short: 'p' },
      pwdfile: { type: 'string', short: 'f' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [action, ...rest] = positionals;
  if (values.help || action === undefined) return say(USER_HELP);
  if (rest.length > 0) throw new Error(`user ${action} takes no ${rest.join(' ')}. See tabpy-tray user --help.`);
  const file = values.pwdfile;
  if (file === undefined) throw new Error('Name the password file with -f FILE.');
  const text = await readTextFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && action === 'add') return '';
    throw new Error(`The password file ${file} cannot be read (${error.message}).`);
  });
  const users = usersIn(text);
  if (action === 'list') return say([...users.keys()].map((name) => `${name}\n`).join(''));
  const name = values.user ?? values.username ?? '';
  const fault = nameFault(name);
  if (fault !== null) throw new Error(fault);
  const isKnown = users.has(name.toLowerCase());
  const write = (hash: string | null): Promise<void> =>
    writeFileAtomic(file, withUser(text, name, hash), { mode: OWNER_ONLY });
  switch (action) {
    case 'add':
    case 'update': {
      if (action === 'add' && isKnown)
        throw new Error(`The user ${name} is there already. Use user update for a new password.`);
      if (action === 'update' && !isKnown) throw new Error(`There is no user ${name}. Use user add.`);
      const given = values.password === '-' ? (await readInput()).replace(/\r?\n$/, '') : values.password;
      const password = given ?? newPassword();
      if (password === '' || password.includes(':'))
        throw new Error('A password cannot be empty or hold a colon: TabPy refuses both.');
      await write(await passwordHash(name, password));
      say(
        `${name.toLowerCase()} ${action === 'add' ? 'was added' : 'has a new password'}.${given === undefined ? ` Password: ${password}` : ''}\n`,
      );
      return;
    }
    case 'remove':
      if (!isKnown) throw new Error(`There is no user ${name}.`);
      await write(null);
      return say(`${name.toLowerCase()} was removed.\n`);
    default:
      throw new Error(`There is no 'user ${action}'. See tabpy-tray user --help.`);
  }
}
