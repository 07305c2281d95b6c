// What the command line makes of what is typed, whatever the commands do.

import { Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src-shared/refusal.ts';
import type { CommandShape } from '../../src-main/cli/command-line.ts';
import { commandLine } from './support/command-line.ts';

const typed = async (...args: readonly string[]) => {
  let said = '';
  let complained = '';
  const done: unknown[] = [];
  const line = commandLine({ say: (text) => void (said += text), complain: (text) => void (complained += text) });
  const json = (): Option => new Option('--json', 'print JSON');
  const misuse = { code: 2, help: 'things' } as const;
  const fails: CommandShape['run'] = ([how]) =>
    Promise.reject(how === 'use' ? new Refusal('bad-use', 'Not like this.') : new Error('It is broken.'));
  line.addGroup({
    usage: 'things',
    summary: 'things of all kinds',
    options: [new Option('--data-dir <DIR>', 'the data folder'), new Option('-v, --verbose', 'say more')],
    misuse,
    actions: [
      {
        usage: 'list',
        summary: 'list them',
        options: [json()],
        run: (words, options) => {
          done.push([words, options.text('data-dir'), options.has('json'), options.has('verbose')]);
          return Promise.resolve();
        },
      },
      { usage: 'copy <NAME> <FILE>', summary: 'copy one', run: () => Promise.resolve(3) },
      { usage: 'break [HOW]', summary: 'fail', run: fails },
    ],
  });
  line.add({ usage: 'say [WORD]', summary: 'say it', misuse: { code: 1, help: 'say' }, run: fails });
  return { code: await line.run(args), said, complained, done };
};
const nothing = { said: '', complained: '' };

describe('a command line', () => {
  it.each([
    ['things list --data-dir d --json -v', ['d', true, true]],
    ['things --data-dir d list --json', ['d', true, false]],
    ['things list --data-dir=d', ['d', false, false]],
    ['things list', [undefined, false, false]],
  ])('reads %j', async (line, options) => {
    expect(await typed(...line.split(' '))).toEqual({ ...nothing, code: 0, done: [[[], ...options]] });
  });

  it('ends with what the command says', async () => {
    expect(await typed('things', 'copy', 'a', 'b')).toMatchObject({ ...nothing, code: 3 });
  });

  it('ends with 1 and the reason when a command fails', async () => {
    expect(await typed('things', 'break')).toMatchObject({ said: '', complained: 'It is broken.\n', code: 1 });
  });

  it.each([
    ['things take', "There is no command 'things take'. See tabpy-tray things --help.\n", 2],
    ['things list x', "things list does not take 'x'. See tabpy-tray things --help.\n", 2],
    ['things copy', 'things copy needs a name and a file. See tabpy-tray things --help.\n', 2],
    ['things copy a', 'things copy needs a name and a file. See tabpy-tray things --help.\n', 2],
    ['things list --nonsense', "Unknown option '--nonsense'. See tabpy-tray things --help.\n", 2],
    ['things --nonsense', "Unknown option '--nonsense'. See tabpy-tray things --help.\n", 2],
    ['things list --data-dir', '--data-dir <DIR> needs a value. See tabpy-tray things --help.\n', 2],
    ['things break use', 'Not like this. See tabpy-tray things --help.\n', 2],
    ['say use', 'Not like this. See tabpy-tray say --help.\n', 1],
    ['--nonsense', "Unknown option '--nonsense'. See tabpy-tray --help.\n", 1],
  ])('says what it does not understand in %j', async (line, complained, code) => {
    expect(await typed(...line.split(' '))).toEqual({ said: '', complained, code, done: [] });
  });

  it.each(['things', 'things --help', 'things -h', 'things help', 'help things'])(
    'shows on %j what the command can do',
    async (line) => {
      const { code, said, complained } = await typed(...line.split(' '));
      expect({ code, complained }).toEqual({ code: 0, complained: '' });
      for (const text of ['things list', 'things copy <NAME> <FILE>', 'copy one', '--data-dir <DIR>'])
        expect(said).toContain(text);
    },
  );

  it('shows the help of an action with the options of all of them', async () => {
    const { code, said } = await typed('things', 'list', '--help');
    expect(code).toBe(0);
    for (const text of ['tabpy-tray things list', 'List them.', '--json', '--data-dir <DIR>'])
      expect(said).toContain(text);
  });

  it.each(['--version', 'say --version'])('says its version on %j', async (line) => {
    expect(await typed(...line.split(' '))).toMatchObject({ code: 0, said: 'tabpy-tray 1.2.3\n', complained: '' });
  });
});
