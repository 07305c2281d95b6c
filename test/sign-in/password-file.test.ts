import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src-shared/refusal.ts';
import { nameFault, usersIn, withUser } from '../../src-main/sign-in/password-file.ts';
import { newPassword, passwordHash } from '../../src-main/sign-in/password-hash.ts';
import { passwordFile, signedInUser } from '../support/signed-in-user.ts';

describe('the password file', () => {
  it('has a user a line, in any case, with comments and empty lines', () => {
    const users = usersIn('# users\n\nAnn abc\r\nbob  \n'.replace('  ', ' def'));
    expect([...users]).toEqual([
      ['ann', 'abc'],
      ['bob', 'def'],
    ]);
  });

  it.each([
    ['ann', 'line 1'],
    ['# x\nann abc def', 'line 2'],
    ['ann ', 'line 1'],
    ['ann abc\nANN def', 'line 2 names the user ann a second time'],
  ])('%j is refused with its line', (text, words) => {
    expect(() => usersIn(text)).toThrow(Refusal);
    expect(() => usersIn(text)).toThrow(words);
  });

  it('changes one user and leaves everything else as it is', () => {
    const text = '# staff\nann abc\n\nbob def\n';
    expect(withUser(text, 'BOB', 'new')).toBe('# staff\nann abc\n\nbob new\n');
    expect(withUser(text, 'cy', 'new')).toBe('# staff\nann abc\n\nbob def\ncy new\n');
    expect(withUser(text, 'ann', null)).toBe('# staff\n\nbob def\n');
    expect(withUser('', 'ann', 'abc')).toBe('ann abc\n');
    expect(withUser('ann abc', 'ann', null)).toBe('');
  });

  it.each(['', 'a b', 'a:b', '#a', 'a"b'])('cannot hold a user called %j', (name) => {
    expect(nameFault(name)).not.toBeNull();
  });

  it.each(['ann', 'ann@example.com', 'Ünal', 'a-b_c.d'])('can hold a user called %j', (name) => {
    expect(nameFault(name)).toBeNull();
  });
});

describe('a password', () => {
  it('has the hash that TabPy gives it', async () => {
    const text = readFileSync(passwordFile, 'utf8');
    const [name, password] = signedInUser;
    expect(await passwordHash(name, password)).toBe(usersIn(text).get(name));
    expect(await passwordHash(name.toUpperCase(), password)).toBe(usersIn(text).get(name));
  });

  it('that is made here is long, new each time, and can be typed', () => {
    const made = new Set(Array.from({ length: 100 }, newPassword));
    expect(made.size).toBe(100);
    for (const one of made) expect(one).toMatch(/^[A-Za-z2-9]{16}$/);
  });
});
