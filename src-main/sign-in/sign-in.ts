// Checks a name and a password against TabPy's password file, which is read again when it changes. Slows down guessing.
// Must not know HTTP.

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../src-shared/refusal.ts';
import { readTextFile } from '../disk/regular-file.ts';
import { networkOf } from './network.ts';
import { passwordHash } from './password-hash.ts';
import { usersIn } from './password-file.ts';
import type { Users } from './password-file.ts';
import { createTurns } from './turns.ts';
import type { Turn } from './turns.ts';

export interface SignIn {
  /**
   * Whether they are right. A wrong answer comes later, the more wrong guesses came from this address. One guess at a
   * time is checked for each address and for each name. Where too many wait, a further guess is answered as wrong
   * without a check, and late. The guesses of an address are checked in turn by name.
   * @param left tells when the caller hung up: then its guess loses its place
   */
  check(
    name: string,
    password: string,
    remoteAddress: string,
    left?: { readonly aborted: boolean } | null,
  ): Promise<boolean>;
}

export interface SignInDeps {
  readonly file: string;
  readonly log: { info(text: string): void; warn(text: string): void };
  readonly wait?: (ms: number) => Promise<void>;
  /** In ms, of a monotonic clock. */
  readonly now?: () => number;
}

/** The callers who wait for the same guess; null cannot hang up. */
type Asked = ({ readonly aborted: boolean } | null)[];

const LOOK_AGAIN_MS = 1_000;
const FREE_ATTEMPTS = 3;
const FIRST_WAIT_MS = 250;
const MOST_WAIT_MS = 5_000;
const FORGOTTEN_AFTER_MS = 10 * 60_000;
const MOST_ADDRESSES = 10_000;
/** Different guesses that wait, of one address or for one name; the same guess, many times at once, is one guess. */
const MOST_WAITING = 200;

/**
 * Rejects with an Error that has the reason when the file cannot be used; a server must then not run without sign-in.
 */
export async function createSignIn({
  file,
  log,
  wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  now = () => performance.now(),
}: SignInDeps): Promise<SignIn> {
  let text = await textOf(file);
  let users = usersOf(text, file);
  let lookedAt = now();
  let looking: Promise<void> | null = null;
  // A check takes 10 ms, more than most scripts: a quick hash, in memory only, recognises a password that was right once.
  const key = randomBytes(32);
  const right = new Map<string, Buffer>();
  const failures = new Map<string, { count: number; at: number }>();
  log.info(`sign-in is required; ${users.size} user(s) in ${file}`);

  /** Compares the content: a new file may have the time of the old one. */
  const look = async (): Promise<void> => {
    try {
      const now = await textOf(file);
      if (now === text) return;
      const found = usersOf(now, file);
      text = now;
      users = found;
      right.clear();
      log.info(`the password file was read again; ${users.size} user(s)`);
    } catch (error) {
      // The known users stay: a half-written file must lock nobody out, and let nobody in.
      log.warn((error as Error).message);
    }
  };
  const refresh = async (): Promise<void> => {
    if (looking === null && now() - lookedAt < LOOK_AGAIN_MS) return;
    lookedAt = now();
    looking ??= look().finally(() => void (looking = null));
    await looking;
  };

  const quickOf = (login: string, password: string): Buffer =>
    createHmac('sha256', key).update(`${login}\0${password}`).digest();
  const isKnown = (login: string, quick: Buffer): boolean => {
    const known = right.get(login);
    return known !== undefined && timingSafeEqual(known, quick);
  };
  const isRight = async (login: string, password: string, quick: Buffer): Promise<boolean> => {
    // Unknown names take as long as known ones: the time must not reveal which names exist.
    const given = Buffer.from(await passwordHash(login, password));
    // Looked up now: the file may have been read again since the hash was begun.
    const expected = users.get(login)?.toLowerCase() ?? '';
    const wanted = Buffer.from(expected.padEnd(given.length).slice(0, given.length));
    // HMAC fills a short key with zeros, so `secret` and `secret\0` have one hash.
    const isSame = timingSafeEqual(given, wanted) && expected.length === given.length && !password.includes('\0');
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

  const ofAddress = createTurns(MOST_WAITING);
  const ofName = createTurns(MOST_WAITING);
  const guess = async (
    login: string,
    password: string,
    quick: Buffer,
    address: string,
    asked: Asked,
  ): Promise<Turn<boolean>> => {
    const isGone = (): boolean => asked.every((left) => left?.aborted === true);
    // Unknown names share one lane, or a guesser could make any number of lanes.
    const lane = users.has(login) ? login : '';
    const turn = await ofAddress.take({ key: address, lane, isGone }, async (): Promise<Turn<boolean>> => {
      const look = (): Promise<boolean> => isRight(login, password, quick);
      // Another request may have proved it right meanwhile.
      if (isKnown(login, quick)) return { kind: 'done', result: true };
      const looked = await ofName.take({ key: login, lane: '', isGone: () => false }, look);
      if (looked.kind !== 'done' || looked.result) return looked;
      // The next guess of this address waits for this answer. The right password waits for the hash only.
      await slowDown(address);
      return looked;
    });
    return turn.kind === 'done' ? turn.result : turn;
  };
  const guesses = new Map<string, { readonly running: Promise<Turn<boolean>>; readonly asked: Asked }>();

  return {
    async check(name, password, remoteAddress, left = null) {
      await refresh();
      const login = name.toLowerCase();
      const quick = quickOf(login, password);
      const address = networkOf(remoteAddress);
      // Does not reset the slow-down: otherwise a user with a password could guess those of others for free.
      if (isKnown(login, quick)) return true;
      const who = `${address} ${quick.toString('hex')}`;
      let one = guesses.get(who);
      if (one) {
        one.asked.push(left);
      } else {
        const asked = [left];
        const running = guess(login, password, quick, address, asked).finally(() => guesses.delete(who));
        guesses.set(who, (one = { running, asked }));
      }
      const turn = await one.running;
      if (turn.kind === 'too-many-wait') await wait(MOST_WAIT_MS);
      const isIn = turn.kind === 'done' && turn.result;
      if (!isIn) log.warn(`sign-in of ${JSON.stringify(name.slice(0, 100))} from ${remoteAddress} was refused`);
      return isIn;
    },
  };
}

function textOf(file: string): Promise<string> {
  return readTextFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(
      'bad-password-file',
      error.code === 'ENOENT'
        ? `The password file ${file} does not exist. Create it with tabpy-tray user add, or clear the setting Password file.`
        : `The password file ${file} cannot be read (${error.message}).`,
    );
  });
}

function usersOf(text: string, file: string): Users {
  try {
    const users = usersIn(text);
    if (users.size === 0)
      throw new Refusal('bad-password-file', 'it contains no users; add a user with tabpy-tray user add');
    return users;
  } catch (error) {
    throw new Refusal('bad-password-file', `The password file ${file} cannot be used: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}
