import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { isOnThisComputer } from '../../src-main/http/caller.ts';
import type { RouteContext } from '../../src-main/http/request-context.ts';
import { readSourceFile } from '../../src-main/http/source-files.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const isWindows = process.platform === 'win32';

describe('a source file that a pickle names', () => {
  let folder: string;
  beforeEach(() => (folder = temporaryFolder()));
  const file = (name: string, content: string | Buffer): string => {
    const at = path.join(folder, name);
    writeFileSync(at, content);
    return at;
  };
  const link = (name: string, target: string): string => {
    const at = path.join(folder, name);
    symlinkSync(target, at);
    return at;
  };

  it('is read when it is Python on this computer', async () => {
    expect(await readSourceFile(file('a.py', '# π\n'))).toEqual({ text: '# π\n' });
    expect(await readSourceFile(file('B.PY', 'x = 1'))).toEqual({ text: 'x = 1' });
    expect(await readSourceFile(file('bom.py', '\uFEFFx = 1'))).toEqual({ text: 'x = 1' });
  });

  it('is read through a link to another Python file', async () => {
    expect(await readSourceFile(link('link.py', file('target.py', 'y = 2')))).toEqual({ text: 'y = 2' });
  });

  it.each(['/etc/passwd', '/etc/shadow', '/proc/self/environ', '/dev/zero'])('is not read at %s', async (name) => {
    expect(await readSourceFile(name)).toEqual({ why: 'is not a regular .py file' });
  });

  it.skipIf(isWindows)('is not read where it is no plain file', async () => {
    mkdirSync(path.join(folder, 'folder.py'));
    execFileSync('mkfifo', [path.join(folder, 'pipe.py')]);
    file('secret.txt', 'hunter2');
    for (const name of [
      link('passwd.py', '/etc/passwd'),
      link('zero.py', '/dev/zero'),
      link('text.py', path.join(folder, 'secret.txt')),
      path.join(folder, 'folder.py'),
      path.join(folder, 'pipe.py'),
      file('nul.py', 'a\0b'),
    ])
      expect([name, await readSourceFile(name)]).toEqual([name, { why: 'is not a regular .py file' }]);
  });

  it.each([
    '<ipython-input-1>',
    'relative.py',
    '../../up.py',
    '/nowhere/at/all.py',
    '//server/share/a.py',
    '\\\\server\\share\\a.py',
    '/a\0.py',
    '',
  ])('is not looked for as %j', async (name) => {
    expect(await readSourceFile(name)).toEqual({ why: 'is not on this computer' });
  });

  it('is not read when it is huge or no text', async () => {
    expect(await readSourceFile(file('huge.py', Buffer.alloc(2_000_001, '#')))).toEqual({ why: 'is larger than 2 MB' });
    expect(await readSourceFile(file('latin.py', Buffer.from('# \xe9', 'latin1')))).toEqual({ why: 'is not in UTF-8' });
  });
});

describe('a caller', () => {
  const from = (remoteAddress: string, localAddress: string): boolean =>
    isOnThisComputer({ req: { socket: { remoteAddress, localAddress } } } as RouteContext);

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '::1'],
    ['::ffff:127.0.0.1', '::ffff:127.0.0.1'],
    ['192.168.1.5', '192.168.1.5'],
  ])('from %s to %s is on this computer', (remote, local) => expect(from(remote, local)).toBe(true));

  it.each([
    ['192.168.1.6', '192.168.1.5'],
    ['::ffff:10.0.0.2', '::ffff:10.0.0.1'],
    ['1270::1', '::1'],
    ['172.17.0.1', '172.17.0.2'],
  ])('from %s to %s is not', (remote, local) => expect(from(remote, local)).toBe(false));
});
