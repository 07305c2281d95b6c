import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
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

  it('says no password in the log', async () => {
    const { signIn, said } = await signInWith({ ann: 'secret' });
    await signIn.check('ann', 'hunter2', '::1');
    await signIn.check('ann', 'secret', '::1');
    expect(said.join('\n')).toContain('"ann"');
    expect(said.join('\n')).not.toMatch(/hunter2|secret/);
  });

  it.each([
    ['missing', null, 'is not there'],
    ['empty', '', 'holds no user'],
    ['damaged', 'ann', 'line 1'],
  ])('is not to be had with a %s file', async (_what, text, words) => {
    const file = path.join(temporaryFolder(), 'users.txt');
    if (text !== null) writeFileSync(file, text);
    const log = { info: () => undefined, warn: () => undefined };
    await expect(createSignIn({ file, log })).rejects.toThrow(words);
  });
});
