// `tabpy-tray user …`: manages the users of a password file in TabPy's format. Must not print a password.

import { Option } from 'commander';
import { nameFault } from '../sign-in/password-file.ts';
import { newPassword, passwordHash } from '../sign-in/password-hash.ts';
import { openUserFile } from '../sign-in/user-file.ts';
import type { UserFile } from '../sign-in/user-file.ts';
import type { GroupShape, Run } from './command-line.ts';
import type { GivenOptions } from './given-options.ts';

/** A file without users is not read again, because it would let nobody in. */
const NO_USERS =
  ' The file has no users now. A server that runs with it goes on with the users that it knows: restart it, or add a user.';

export interface UserDeps {
  readonly say: (text: string) => void;
  readonly readInput: () => Promise<string>;
}

export function userCommand({ say, readInput }: UserDeps): GroupShape {
  return {
    usage: 'user',
    summary: 'add, change, remove and list the users of a password file',
    description: 'Users of a password file, in the format of tabpy-user. The setting "Password file" names the file.',
    options: [
      new Option('-f, --pwdfile <FILE>', 'the password file'),
      new Option('-u, --user <NAME>', 'the name of the user'),
      // The documentation of TabPy's tabpy-user has both spellings.
      new Option('--username <NAME>').hideHelp(),
    ],
    misuse: { code: 1, help: 'user', tooMany: ([word]) => `There is no 'user ${word}'.` },
    actions: [
      { usage: 'add', summary: 'add a user', options: [password()], run: set('add', { say, readInput }) },
      {
        usage: 'update',
        summary: 'give a user a new password',
        options: [password()],
        run: set('update', { say, readInput }),
      },
      {
        usage: 'remove',
        summary: 'remove a user',
        run: async (_words, options) => {
          const file = await openFile(options, false);
          const name = nameIn(options);
          if (!file.users.has(name.toLowerCase())) throw new Error(`There is no user ${name}.`);
          await file.write(name, null);
          say(`${name.toLowerCase()} was removed.${file.users.size === 1 ? NO_USERS : ''}\n`);
        },
      },
      {
        usage: 'list',
        summary: 'list the names of the users',
        run: async (_words, options) => {
          const { users } = await openFile(options, false);
          say([...users.keys()].map((name) => `${name}\n`).join(''));
        },
      },
    ],
  };
}

function password(): Option {
  return new Option(
    '-p, --password <PASSWORD>',
    'the password (other users of this computer can see it); - reads it from the input; without this option, a password is made and printed once',
  );
}

function set(action: 'add' | 'update', { say, readInput }: UserDeps): Run {
  return async (_words, options) => {
    const file = await openFile(options, action === 'add');
    const name = nameIn(options);
    const isKnown = file.users.has(name.toLowerCase());
    if (action === 'add' && isKnown)
      throw new Error(`The user ${name} exists already. Use user update for a new password.`);
    if (action === 'update' && !isKnown) throw new Error(`There is no user ${name}. Use user add.`);
    const typed = options.text('password');
    const given = typed === '-' ? (await readInput()).replace(/\r?\n$/, '') : typed;
    const chosen = given ?? newPassword();
    if (chosen === '' || chosen.includes(':'))
      throw new Error('A password cannot be empty or contain a colon: TabPy refuses both.');
    await file.write(name, await passwordHash(name, chosen));
    const news = action === 'add' ? 'was added' : 'has a new password';
    say(`${name.toLowerCase()} ${news}.${given === undefined ? ` Password: ${chosen}` : ''}\n`);
  };
}

/** @throws Error with a sentence */
async function openFile(options: GivenOptions, mayBeMissing: boolean): Promise<UserFile> {
  const file = options.text('pwdfile');
  if (file === undefined) throw new Error('Name the password file with -f FILE.');
  return openUserFile(file, mayBeMissing);
}

/** @throws Error with a sentence */
function nameIn(options: GivenOptions): string {
  const name = options.text('user') ?? options.text('username') ?? '';
  const fault = nameFault(name);
  if (fault !== null) throw new Error(fault);
  return name;
}
