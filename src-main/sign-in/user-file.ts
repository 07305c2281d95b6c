// A password file on disk: reads its users, adds, changes and removes one at a time. Must not know who asks, nor keep a
// password.

import writeFileAtomic from 'write-file-atomic';
import { Refusal } from '../../src-shared/refusal.ts';
import { readTextFile } from '../disk/regular-file.ts';
import { usersIn, withUser } from './password-file.ts';
import type { Users } from './password-file.ts';

export interface UserFile {
  readonly users: Users;
  /** Writes the file in one step, for its owner only. @param hash null: removes the user */
  write(name: string, hash: string | null): Promise<void>;
}

const OWNER_ONLY = 0o600;

/**
 * @param mayBeMissing whether a file that does not exist is one without users
 * @throws Refusal `bad-password-file` with a sentence
 */
export async function openUserFile(file: string, mayBeMissing: boolean): Promise<UserFile> {
  const text = await readTextFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && mayBeMissing) return '';
    throw new Refusal('bad-password-file', `The password file ${file} cannot be read (${error.message}).`);
  });
  return {
    users: usersOf(text, file),
    async write(name, hash) {
      try {
        await writeFileAtomic(file, withUser(text, name, hash), { mode: OWNER_ONLY });
      } catch (error) {
        throw new Refusal('not-stored', `The password file ${file} cannot be written (${(error as Error).message}).`);
      }
    },
  };
}

function usersOf(text: string, file: string): Users {
  try {
    return usersIn(text);
  } catch (error) {
    throw new Refusal('bad-password-file', `The password file ${file} cannot be used: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}
