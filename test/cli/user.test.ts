import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { usersIn } from '../../src-main/sign-in/password-file.ts';
import { passwordHash } from '../../src-main/sign-in/password-hash.ts';
import { userCommand } from '../../src-main/cli/user.ts';
import { commandLine } from './support/command-line.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

function commands(input = '') {
  const file = path.join(temporaryFolder(), 'users.txt');
  const run = async (line: string): Promise<string> => {
    const said: string[] = [];
    const complained: string[] = [];
    const terminal = {
      say: (text: string) => void said.push(text),
      complain: (text: string) => void complained.push(text),
    };
    const commands = commandLine(terminal);
    commands.addGroup(userCommand({ ...terminal, readInput: () => Promise.resolve(input) }));
    const code = await commands.run(['user', ...line.split(' '), '-f', file]);
    if (code === 0) return said.join('');
    expect(code).toBe(1);
    throw new Error(complained.join(''));
  };
  return { file, run, users: () => usersIn(readFileSync(file, 'utf8')) };
}

describe('tabpy-tray user', () => {
  it('adds, lists, changes and removes users', async () => {
    const { run, users, file } = commands();
    expect(await run('add -u Ann -p secret')).toBe('ann was added.\n');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
    await run('add --username bob --password other');
    expect(await run('list')).toBe('ann\nbob\n');
    expect(users().get('ann')).toBe(await passwordHash('ann', 'secret'));
    await run('update -u ann -p changed');
    expect(users().get('ann')).toBe(await passwordHash('ann', 'changed'));
    await run('remove -u ANN');
    expect(await run('list')).toBe('bob\n');
  });

  it('says of the last user that a running server still knows the user', async () => {
    const { run } = commands();
    await run('add -u ann -p secret');
    await run('add -u bob -p secret');
    expect(await run('remove -u ann')).toBe('ann was removed.\n');
    expect(await run('remove -u bob')).toContain('goes on with the users that it knows');
  });

  it('makes a password when none is given, and says it once', async () => {
    const { run, users } = commands();
    const said = await run('add -u ann');
    const password = /Password: (\S+)/.exec(said)![1]!;
    expect(users().get('ann')).toBe(await passwordHash('ann', password));
  });

  it('reads a password from the input, and does not print it', async () => {
    const { run, users } = commands('from input\n');
    expect(await run('add -u ann -p -')).not.toContain('from input');
    expect(users().get('ann')).toBe(await passwordHash('ann', 'from input'));
  });

  it.each([
    ['add -u ann -p x', 'ann exists already'],
    ['update -u bob -p x', 'There is no user bob'],
    ['remove -u bob', 'There is no user bob'],
    ['add -u a:b -p x', 'colons'],
    ['add -u cy -p a:b', 'colon'],
    ['grant -u ann', "There is no 'user grant'"],
    ['add', 'A user needs a name'],
  ])('refuses %j in words', async (line, words) => {
    const { run } = commands();
    await run('add -u ann -p secret');
    await expect(run(line)).rejects.toThrow(words);
  });
});
