import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { IniFault, interpolated, parseIni } from '../../src-main/disk/ini-file.ts';

const plain = (text: string): Record<string, Record<string, string>> =>
  Object.fromEntries(
    [...parseIni(text)].map(([name, section]) => [
      name,
      Object.fromEntries([...section].map(([key, value]) => [key, value.text])),
    ]),
  );

const FILES = [
  '[TabPy]\nTABPY_PORT = 9005\n# a comment\n; another\nTABPY_PWD_FILE=/x y/z # not a comment\n',
  '[a]\nKey: value\nOther = a=b:c\nempty =\n[b]\nkey = 1\n',
  '[a]\nlong = one\n  two\n\n  three\nnext = 1\n',
  '[a]\nlong = one\n\t\n\t  two\n\t# not three\n\n\n\tfour\n\n\nnext = 1\n\n[b]\n',
  '\uFEFF[a]\r\nk = v\r\n',
];

describe('a file of ConfigParser', () => {
  it.each(FILES)('%j is read as Python reads it', (text) => {
    const code =
      'import configparser, json, sys\nparser = configparser.RawConfigParser()\nparser.read_string(sys.stdin.read().lstrip("\\ufeff"))\nprint(json.dumps({s: dict(parser.items(s)) for s in parser.sections()}))';
    const { stdout } = spawnSync('python3', ['-X', 'utf8', '-c', code], { input: text, encoding: 'utf8' });
    const python = JSON.parse(stdout) as Record<string, Record<string, string>>;
    expect(plain(text)).toEqual(python);
  });

  it.each([
    ['key = 1', 1],
    ['[a]\nno value here', 2],
    ['[a]\nk = 1\nK = 2', 3],
    ['[a]\n[a]', 2],
  ])('%j is refused with the line', (text, line) => {
    expect(() => parseIni(text)).toThrow(IniFault);
    try {
      parseIni(text);
    } catch (error) {
      expect((error as IniFault).line).toBe(line);
    }
  });
});

describe('a value', () => {
  const section = parseIni(
    '[a]\nroot = %(HOME)s/x\nfile = %(root)s/%(NAME)s.txt\nodd = 100%%\nbad = %(nope)s\nlone = 5%\nloop = %(loop)s\n',
  ).get('a')!;
  const defaults = new Map([
    ['home', '/home/ann'],
    ['name', 'users'],
  ]);
  const valueOf = (key: string): string => interpolated(section.get(key)!, section, defaults);

  it('may name variables and other keys, in any case', () => {
    expect(valueOf('file')).toBe('/home/ann/x/users.txt');
    expect(valueOf('odd')).toBe('100%');
  });

  it.each(['bad', 'lone', 'loop'])('that cannot be put together is refused: %s', (key) => {
    expect(() => valueOf(key)).toThrow(IniFault);
  });
});
