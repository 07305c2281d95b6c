// Decides whether a name and a password are right: TabPy's password file, read again when it changes, and a slow-down for who
// guesses. Must not know HTTP.

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { passwordHash } from './password-hash.ts';
import { PasswordFileFault, usersIn } from './password-file.ts';
import type { Users } from './password-file.ts';

export interface SignIn {
  /** Whether they are right; a wrong answer comes later the more there were from this address. */
  check(name: string, password: string, remoteAddress: string): Promise<boolean>;
}

export interface SignInDeps {
  readonly file: string;
  readonly log: { info(text: string): void; warn(text: string): void };
  readonly wait?: (ms: number) => Promise<void>;
  readonly now?: () => number;
}

const LOOK_AGAIN_MS = 1_000;
const FREE_ATTEMPTS = 3;
const FIRST_WAIT_MS = 250;
const MOST_WAIT_MS = 5_000;
const FORGOTTEN_AFTER_MS = 10 * 60_000;
const MOST_ADDRESSES = 10_000;

/** Rejects with an Error whose message says why the file cannot be used; a server must then not run without sign-in. */
export async function createSignIn({
  file,
  log,
  wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  now = Date.now,
}: SignInDeps): Promise<SignIn> {
  let users = await readUsers(file);
  let changedAt = await changeTime(file);
  let lookedAt = now();
  // Ten thousand rounds cost 10 ms, more than most scripts: who was right once is known by a quick hash, in memory only.
  const key = randomBytes(32);
  const right = new Map<string, Buffer>();
  const failures = new Map<string, { count: number; at: number }>();
  log.info(`sign-in is required; ${users.size} user(s) in ${file}`);

  const refresh = async (): Promise<void> => {
    if (now() - lookedAt < LOOK_AGAIN_MS) return;
    lookedAt = now();
    const time = await changeTime(file);
    if (time === changedAt) return;
    try {
      users = await readUsers(file);
      changedAt = time;
      right.clear();
      log.info(`the password file was read again; ${users.size} user(s)`);
    } catch (error) {
      // The users that are known stay: a file in the middle of being written must lock nobody out, and let nobody in.
      log.warn((error as Error).message);
    }
  };

  const isRight = async (login: string, password: string): Promise<boolean> => {
    const quick = createHmac('sha256', key).update(`${login}\0${password}`).digest();
    const known = right.get(login);
    if (known && timingSafeEqual(known, quick)) return true;
    const expected = users.get(login)?.toLowerCase() ?? '';
    // Unknown names take as long as known ones: the time tells nobody who is there.
    const given = Buffer.from(await passwordHash(login, password));
    const wanted = Buffer.from(expected.padEnd(given.length).slice(0, given.length));
    const isSame = timingSafeEqual(given, wanted) && expected.length === given.length;
    if (isSame) right.set(login, quick);
    return isSame;
  };

  const slowDown = async (address: string): Promise<void> => {
    const before = failures.get(address);
    const count = (before && now() - before.at < FORGOTTEN_AFTER_MS ? before.count : 0) + 1;
    failures.delete(address);
    failures.set(address, { count, at: now() });
    const [oldest] = failures.keys();
    if (failures.size > MOST_ADDRESSES && oldest !== undefined) failures.delete(oldest);
    const ms = count <= FREE_ATTEMPTS ? 0 : Math.min(MOST_WAIT_MS, FIRST_WAIT_MS * 2 ** (count - FREE_ATTEMPTS - 1));
    if (ms > 0) await wait(ms);
  };

  return {
    async check(name, password, remoteAddress) {
      await refresh();
      const login = name.toLowerCase();
      if (await isRight(login, password)) {
        failures.delete(remoteAddress);
        return true;
      }
      log.warn(`sign-in of ${JSON.stringify(name.slice(0, 100))} from ${remoteAddress} was refused`);
      await slowDown(remoteAddress);
      return false;
    },
  };
}

async function readUsers(file: string): Promise<Users> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      error.code === 'ENOENT'
        ? `The password file ${file} is not there. Make it with tabpy-tray user add, or take its name out of the settings.`
        : `The password file ${file} cannot be read (${error.message}).`,
    );
  });
  try {
    const users = usersIn(text);
    if (users.size === 0) throw new PasswordFileFault('it holds no user; add one with tabpy-tray user add');
    return users;
  } catch (error) {
    throw new Error(`The password file ${file} cannot be used: ${(error as Error).message}.`, { cause: error });
  }
}

async function changeTime(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs, size }) => mtimeMs + size / 1e9,
    () => 0,
  );
}
