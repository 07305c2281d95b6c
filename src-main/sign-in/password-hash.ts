// Hashes a password as TabPy does, so that both programs read the same file.
// Source: hash_password of TabPy 2.16 (tabpy_server/handlers/util.py).

import { pbkdf2, randomInt } from 'node:crypto';
import { promisify } from 'node:util';

const pbkdf2Async = promisify(pbkdf2);
const ROUNDS = 10_000;
const BYTES = 64;

/** PBKDF2-HMAC-SHA512 in hex; the salt is made of the user's name in lower case. Some 10 ms, off the main thread. */
export async function passwordHash(name: string, password: string): Promise<string> {
  const salt = `_$salt@tabpy:${name.toLowerCase()}$_`;
  return (await pbkdf2Async(password, salt, ROUNDS, BYTES, 'sha512')).toString('hex');
}

// Without letters that look alike (O and 0, l, 1 and I) and without the colon, at which Basic auth ends a name.
const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 16;

/** A generated password: 93 random bits. */
export function newPassword(): string {
  return Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
