import { execFileSync } from 'node:child_process';
import { rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { networkOf } from '../../src-main/sign-in/network.ts';
import { passwordHash } from '../../src-main/sign-in/password-hash.ts';
import { createSignIn } from '../../src-main/sign-in/sign-in.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

async function signInWith(users: Readonly<Record<string, string>>) {
  const file = path.join(temporaryFolder(), 'users.txt');
  const write = async (now: Readonly<Record<string, string>>): Promise<void> => {
    const lines = await Promise.all(
      Object.entries(now).map(async ([name, password]) => `${name} ${await passwordHash(name, password)}\n`),
    );
    writeFileSync(file, lines.join(''));
  };
  await write(users);
  const waits: number[] = [];
  const said: string[] = [];
  let time = 0;
  const signIn = await createSignIn({
    file,
    log: { info: (text) => void said.push(text), warn: (text) => void said.push(text) },
    wait: (ms) => Promise.resolve(void waits.push(ms)),
    now: () => time,
  });
  const later = (ms: number): void => void (time += ms);
  return { signIn, file, write, waits, said, later };
}

describe('sign-in', () => {
  it('lets in who is right, with any case of the name, again and again', async () => {
    const { signIn } = await signInWith({ ann: 'secret' });
    expect(await signIn.check('ann', 'secret', '::1')).toBe(true);
    expect(await signIn.check('ANN', 'secret', '::1')).toBe(true);
    expect(await signIn.check('ann', 'secret', '::1')).toBe(true);
  });

  it.each([
    ['ann', 'Secret'],
    ['ann', ''],
    ['ann', 'secret\0'],
    ['bob', 'secret'],
    ['', ''],
    ['__proto__', 'secret'],
  ])('refuses %j with %j', async (name, password) => {
    const { signIn } = await signInWith({ ann: 'secret' });
    await signIn.check('ann', 'secret', '::1');
    expect(await signIn.check(name, password, '::1')).toBe(false);
  });

  it('answers later and later who guesses, and at once who is right or somebody else', async () => {
    const { signIn, waits, later } = await signInWith({ ann: 'secret' });
    for (let count = 0; count < 10; count += 1) await signIn.check('ann', `guess ${count}`, '10.0.0.1');
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 5_000, 5_000]);
    waits.length = 0;
    await signIn.check('ann', 'wrong', '10.0.0.2');
    expect(await signIn.check('ann', 'secret', '10.0.0.2')).toBe(true);
    expect(waits).toEqual([]);
    later(11 * 60_000);
    await signIn.check('ann', 'wrong', '10.0.0.1');
    expect(waits).toEqual([]);
  });

  it('follows changes of the file, and keeps the users while it is damaged', async () => {
    const { signIn, file, write, later } = await signInWith({ ann: 'secret' });
    expect(await signIn.check('ann', 'secret', '::1')).toBe(true);
    await write({ ann: 'changed', bob: 'new' });
    later(2_000);
    expect(await signIn.check('ann', 'secret', '::1')).toBe(false);
    expect(await signIn.check('bob', 'new', '::1')).toBe(true);
    writeFileSync(file, 'damaged');
    later(2_000);
    expect(await signIn.check('bob', 'new', '::1')).toBe(true);
    rmSync(file);
    later(2_000);
    expect(await signIn.check('bob', 'new', '::1')).toBe(true);
    expect(await signIn.check('damaged', '', '::1')).toBe(false);
  });

  it('follows a change that has the time and the size of the file before', async () => {
    const { signIn, file, write, later } = await signInWith({ ann: 'secret', bob: 'secret' });
    expect(await signIn.check('bob', 'secret', '::1')).toBe(true);
    const { atime, mtime } = statSync(file);
    await write({ ann: 'secret', rob: 'secret' });
    utimesSync(file, atime, mtime);
    later(2_000);
    expect(await signIn.check('bob', 'secret', '::1')).toBe(false);
    expect(await signIn.check('rob', 'secret', '::1')).toBe(true);
  });

  it('follows a change also when the clock of the computer was set back', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const { file, write } = await signInWith({ ann: 'secret', bob: 'secret' });
    const log = { info: () => undefined, warn: () => undefined };
    const signIn = await createSignIn({ file, log });
    expect(await signIn.check('bob', 'secret', '::1')).toBe(true);
    await write({ ann: 'secret' });
    vi.advanceTimersByTime(2_000);
    vi.setSystemTime(Date.now() - 3_600_000);
    expect(await signIn.check('bob', 'secret', '::1')).toBe(false);
  });

  it('lets in nobody again who was taken out while their password was being looked at', async () => {
    const { signIn, write, later } = await signInWith({ ann: 'secret', carol: 'secret' });
    const first = signIn.check('carol', 'secret', '10.0.0.1');
    await write({ ann: 'secret' });
    later(2_000);
    await Promise.all([first, signIn.check('ann', 'secret', '10.0.0.2')]);
    expect(await signIn.check('carol', 'secret', '10.0.0.1')).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('keeps the users while a pipe is in the place of the file', async () => {
    const { signIn, file, later } = await signInWith({ ann: 'secret' });
    rmSync(file);
    execFileSync('mkfifo', [file]);
    later(2_000);
    expect(await signIn.check('ann', 'secret', '::1')).toBe(true);
  });

  it('says no password in the log', async () => {
    const { signIn, said } = await signInWith({ ann: 'secret' });
    await signIn.check('ann', 'hunter2', '::1');
    await signIn.check('ann', 'secret', '::1');
    expect(said.join('\n')).toContain('"ann"');
    expect(said.join('\n')).not.toMatch(/hunter2|secret/);
  });

  it.each([
    ['missing', null, 'does not exist'],
    ['empty', '', 'contains no users'],
    ['damaged', 'ann', 'line 1'],
  ])('is not to be had with a %s file', async (_what, text, words) => {
    const file = path.join(temporaryFolder(), 'users.txt');
    if (text !== null) writeFileSync(file, text);
    const log = { info: () => undefined, warn: () => undefined };
    await expect(createSignIn({ file, log })).rejects.toThrow(words);
  });
});

const PATIENCE = { timeout: 20_000, interval: 5 };

describe('guesses that come at once', () => {
  /** A sign-in whose waits last until they are ended. */
  async function slowSignIn(users: Readonly<Record<string, string>>) {
    const { file } = await signInWith(users);
    const waiting: (() => void)[] = [];
    const waited = { of: (count: number) => vi.waitUntil(() => waiting.length >= count, PATIENCE) };
    const log = { info: () => undefined, warn: () => undefined };
    const wait = () => new Promise<void>((resolve) => void waiting.push(resolve));
    const signIn = await createSignIn({ file, log, wait, now: () => 0 });
    return { signIn, waiting, waited };
  }
  const endAll = async (waiting: readonly (() => void)[], all: Promise<unknown>): Promise<void> => {
    let isDone = false;
    void all.then(() => (isDone = true));
    await vi.waitUntil(() => {
      for (const end of waiting) end();
      return isDone;
    }, PATIENCE);
  };

  it.each([
    ['under one name', () => 'ann'],
    ['under many names', (count: number) => `name${count}`],
  ])('from one address %s are looked at one after another', async (_what, nameOf) => {
    const { signIn, waiting, waited } = await slowSignIn({ ann: 'secret' });
    const all = Promise.all(
      Array.from({ length: 15 }, (_, count) => signIn.check(nameOf(count), `guess ${count}`, '10.0.0.1')),
    );
    await waited.of(1);
    // The fourth waits; were others looked at beside it, they would wait as well by the time that this one is refused.
    expect(await signIn.check('zoe', 'wrong', '10.0.0.2')).toBe(false);
    expect(await signIn.check('zoe', 'wrong', '10.0.0.3')).toBe(false);
    expect(waiting).toHaveLength(1);
    await endAll(waiting, all);
    expect(waiting).toHaveLength(12);
  });

  it('from the addresses of one network are those of one address', async () => {
    const { signIn, waiting, waited } = await slowSignIn({ ann: 'secret' });
    const all = Promise.all(
      Array.from({ length: 8 }, (_, count) => signIn.check('ann', `guess ${count}`, `2001:db8::${count + 1}`)),
    );
    await waited.of(1);
    expect(await signIn.check('zoe', 'wrong', '10.0.0.2')).toBe(false);
    expect(waiting).toHaveLength(1);
    await endAll(waiting, all);
  });

  it('beyond two hundred are refused unread and late, and keep nobody out who was right before or comes from elsewhere', async () => {
    const { signIn, waiting, waited } = await slowSignIn({ ann: 'secret', bob: 'secret' });
    expect(await signIn.check('ann', 'secret', '10.0.0.1')).toBe(true);
    const all = Promise.all(
      Array.from({ length: 250 }, (_, count) => signIn.check('ann', `guess ${count}`, '10.0.0.1')),
    );
    await waited.of(1);
    expect(await signIn.check('ann', 'secret', '10.0.0.1')).toBe(true);
    expect(await signIn.check('bob', 'secret', '10.0.0.2')).toBe(true);
    await endAll(waiting, all);
    expect(await all).not.toContain(true);
    // Those that were looked at beyond the first three, and those that were not.
    expect(waiting).toHaveLength(197 + 50);
  });

  it('for one name keep nobody waiting who signs in under another from the same address', async () => {
    const { signIn, waiting, waited } = await slowSignIn({ ann: 'secret', bob: 'own' });
    const all = Promise.all([
      ...Array.from({ length: 50 }, (_, count) => signIn.check('ann', `guess ${count}`, '10.0.0.1')),
      ...Array.from({ length: 50 }, (_, count) => signIn.check(`nobody ${count}`, 'guess', '10.0.0.1')),
    ]);
    await waited.of(1);
    const bob = signIn.check('bob', 'own', '10.0.0.1');
    // Bob's turn comes after the guess that is looked at, one for ann and one for names that nobody has.
    for (let count = 1; count <= 3; count += 1) {
      await Promise.race([bob, waited.of(count)]);
      waiting[count - 1]?.();
    }
    expect(await bob).toBe(true);
    await endAll(waiting, all);
  });

  it('lose their place when their callers hang up', async () => {
    const { signIn, waiting, waited } = await slowSignIn({ ann: 'secret' });
    const left = { aborted: false };
    const all = Promise.all(
      Array.from({ length: 100 }, (_, count) => signIn.check('ann', `guess ${count}`, '10.0.0.1', left)),
    );
    await waited.of(1);
    left.aborted = true;
    await endAll(waiting, all);
    expect(waiting.length).toBeLessThanOrEqual(1);
  });

  it('that are the same are one guess, as when many calculations begin at once', async () => {
    const { signIn, waiting } = await slowSignIn({ ann: 'secret' });
    const all = await Promise.all(Array.from({ length: 100 }, () => signIn.check('ann', 'secret', '10.0.0.1')));
    expect(all.every(Boolean)).toBe(true);
    expect(waiting).toHaveLength(0);
  });

  it('are slowed down also when somebody of the same address signs in meanwhile', async () => {
    const { signIn, waits } = await signInWith({ ann: 'secret', bob: 'own' });
    for (let count = 0; count < 6; count += 1) {
      await signIn.check('ann', `guess ${count}`, '10.0.0.1');
      expect(await signIn.check('bob', 'own', '10.0.0.1')).toBe(true);
    }
    expect(waits).toEqual([250, 500, 1_000]);
  });
});

describe('an address', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::1', '::1'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::', '2001:db8:0:0::/64'],
    ['', ''],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
