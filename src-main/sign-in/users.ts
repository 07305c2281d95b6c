// The page's calls about users: list, add, give a new password, remove. The first user makes a password file where the
// settings name none, and switches sign-in on. Must not log a password.

import type { Calls } from '../../src-shared/ipc.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { SerialQueue } from '../../src-shared/serial-queue.ts';
import type { SignInUsers } from '../../src-shared/sign-in-user.ts';
import { nameFault } from './password-file.ts';
import { newPassword, passwordHash } from './password-hash.ts';
import { openUserFile } from './user-file.ts';
import type { UserFile } from './user-file.ts';

export type UserCalls = Pick<Calls, 'users' | 'addUser' | 'renewPassword' | 'removeUser'>;

export interface UsersDeps {
  /** The setting; empty: callers need no sign-in. */
  readonly passwordFile: () => string;
  /** The file that is made where the setting is empty. */
  readonly usualFile: string;
  /** Changes the setting. Rejects with a Refusal when the file cannot be used. */
  readonly usePasswordFile: (file: string) => Promise<unknown>;
  readonly log: { info(text: string): void };
}

export function createUserCalls({ passwordFile, usualFile, usePasswordFile, log }: UsersDeps): UserCalls {
  // A change reads the whole file and writes it again.
  const queue = new SerialQueue();
  const place = (): string => passwordFile() || usualFile;
  const known = async (name: string): Promise<UserFile> => {
    const file = await openUserFile(place(), false);
    if (!file.users.has(name.toLowerCase()))
      throw new Refusal('refused', `There is no user ${name}. Somebody may have removed the user just now.`);
    return file;
  };
  return {
    users: () => usersOf(place()),
    addUser: (name) =>
      queue.run(async () => {
        const fault = nameFault(name);
        if (fault !== null) throw new Refusal('refused', fault);
        const file = await openUserFile(place(), true);
        if (file.users.has(name.toLowerCase()))
          throw new Refusal(
            'refused',
            `The user ${name} exists already. Choose New password to give this user another one.`,
          );
        const password = newPassword();
        await file.write(name, await passwordHash(name, password));
        log.info(`the user ${name.toLowerCase()} was added to ${place()}`);
        if (passwordFile() === '') await usePasswordFile(usualFile);
        return { name: name.toLowerCase(), password };
      }),
    renewPassword: (name) =>
      queue.run(async () => {
        const file = await known(name);
        const password = newPassword();
        await file.write(name, await passwordHash(name, password));
        log.info(`the user ${name.toLowerCase()} has a new password`);
        return { name: name.toLowerCase(), password };
      }),
    removeUser: (name) =>
      queue.run(async () => {
        const file = await known(name);
        // A file without users is not read again, so the last user could still sign in.
        if (passwordFile() !== '' && file.users.size === 1)
          throw new Refusal('refused', `${name} is the last user. Add another user first, or switch sign-in off.`);
        await file.write(name, null);
        log.info(`the user ${name.toLowerCase()} was removed`);
        return null;
      }),
  };
}

async function usersOf(file: string): Promise<SignInUsers> {
  try {
    const { users } = await openUserFile(file, true);
    return { file, names: [...users.keys()], fault: null };
  } catch (error) {
    return { file, names: [], fault: (error as Error).message };
  }
}
