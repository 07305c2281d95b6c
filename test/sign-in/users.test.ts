// Users who may sign in, as the window adds, changes and removes them.

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { usersIn } from '../../src-main/sign-in/password-file.ts';
import { passwordHash } from '../../src-main/sign-in/password-hash.ts';
import { createUserCalls } from '../../src-main/sign-in/users.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

function underTest({ isOn = false, text = null as string | null } = {}) {
  const usualFile = path.join(temporaryFolder(), 'users.txt');
  if (text !== null) writeFileSync(usualFile, text);
  let setting = isOn ? usualFile : '';
  const logged: string[] = [];
  const calls = createUserCalls({
    passwordFile: () => setting,
    usualFile,
    usePasswordFile(file) {
      setting = file;
      return Promise.resolve();
    },
    log: { info: (line) => void logged.push(line) },
  });
  return { calls, usualFile, setting: () => setting, logged, kept: () => usersIn(readFileSync(usualFile, 'utf8')) };
}

describe('the users who may sign in', () => {
  it('begin with one, for whom the file is made and sign-in is switched on', async () => {
    const { calls, usualFile, setting, kept, logged } = underTest();
    expect(await calls.users()).toEqual({ file: usualFile, names: [], fault: null });
    expect(existsSync(usualFile)).toBe(false);
    const { name, password } = await calls.addUser('Tableau');
    expect(name).toBe('tableau');
    expect(setting()).toBe(usualFile);
    expect(kept().get('tableau')).toBe(await passwordHash('tableau', password));
    if (process.platform !== 'win32') expect(statSync(usualFile).mode & 0o077).toBe(0);
    expect(logged.join('\n')).not.toContain(password);
  });

  it('get a password of their own each, and another one when it is wanted', async () => {
    const { calls, kept } = underTest();
    const [ann, bob] = await Promise.all([calls.addUser('ann'), calls.addUser('bob')]);
    expect(ann.password).not.toBe(bob.password);
    expect([...kept().keys()]).toEqual(['ann', 'bob']);
    const renewed = await calls.renewPassword('ANN');
    expect(renewed.password).not.toBe(ann.password);
    expect(kept().get('ann')).toBe(await passwordHash('ann', renewed.password));
    expect(kept().get('bob')).toBe(await passwordHash('bob', bob.password));
  });

  it('are removed, except for the last one while sign-in is on', async () => {
    const { calls } = underTest({ isOn: true, text: '# ours\nann x\nbob y\n' });
    await calls.removeUser('ann');
    expect((await calls.users()).names).toEqual(['bob']);
    await expect(calls.removeUser('bob')).rejects.toMatchObject({
      message: expect.stringMatching(/last user/) as string,
    });
    expect((await calls.users()).names).toEqual(['bob']);
  });

  it.each([
    ['Ann', /exists already/],
    ['a b', /spaces/],
    ['', /needs a name/],
    ['x:y', /colons/],
  ])('are not added as %j', async (name, why) => {
    const { calls, setting } = underTest({ text: 'ann x\n' });
    await expect(calls.addUser(name)).rejects.toMatchObject({ message: expect.stringMatching(why) as string });
    expect(setting()).toBe('');
  });

  it('that are not there are neither changed nor removed', async () => {
    const { calls } = underTest({ isOn: true, text: 'ann x\n' });
    for (const change of [calls.renewPassword('bob'), calls.removeUser('bob')])
      await expect(change).rejects.toMatchObject({ message: expect.stringMatching(/no user bob/) as string });
  });

  it('come with the reason where the file cannot be read', async () => {
    const { calls, usualFile } = underTest({ isOn: true, text: 'ann\n' });
    expect(await calls.users()).toMatchObject({
      names: [],
      fault: expect.stringContaining(`The password file ${usualFile} cannot be used: line 1`) as string,
    });
    await expect(calls.addUser('bob')).rejects.toMatchObject({ code: 'bad-password-file' });
    expect(readFileSync(usualFile, 'utf8')).toBe('ann\n');
  });
});
