import { describe, expect, it } from 'vitest';
import { folderOf, isFunctionName, nameOf, wrongWith } from '../../src-shared/function-name.ts';

describe('a function name', () => {
  it.each(['add', 'Add', 'my model-1_x', ' ', '0', 'A\tB', '\u00A0', '\u2028', '--', 'x'.repeat(200)])(
    'may be %j',
    (name) => {
      expect(isFunctionName(name)).toBe(true);
    },
  );

  it.each(['', 'a.b', 'a/b', '..', 'é', 'a%20', 'a\0b', 'x'.repeat(201)])('may not be %j', (name) => {
    expect(isFunctionName(name)).toBe(false);
  });

  it('may not be longer than a file system takes', () => {
    expect(isFunctionName('X'.repeat(128))).toBe(false);
    expect(wrongWith('x'.repeat(201))).toMatch(/^endpoint name is too long/);
    expect(wrongWith('é'.repeat(201))).toMatch(/^endpoint name can only contain/);
    expect(isFunctionName('X'.repeat(70))).toBe(true);
  });
});

describe('the folder of a function', () => {
  it.each([
    'add',
    'Add',
    'ADD',
    'my model-1_x',
    ' ',
    ' 28',
    '\u2028',
    '\u3000',
    '\uFEFF',
    'a\nb',
    'CON',
    'con',
    'nul',
    'com1',
  ])('leads back to the name %j', (name) => {
    expect(nameOf(folderOf(name))).toBe(name);
  });

  it('is another one for every name, also where upper and lower case are one', () => {
    const names = ['add', 'Add', 'aDd', 'ADD', ' 28', '\u2028', 'con', 'Con', '_', '-', ' ', '  '];
    expect(new Set(names.map((name) => folderOf(name).toLowerCase())).size).toBe(names.length);
  });

  it('holds nothing that a path or a command could stumble over', () => {
    const all = Array.from({ length: 0xffff }, (_, code) => String.fromCodePoint(code)).filter(isFunctionName);
    for (const char of all) expect(folderOf(char)).toMatch(/^[a-z0-9_%-]+$/);
  });

  it.each(['con', 'prn', 'aux', 'nul', 'com1', 'lpt9'])('is not the device %s of Windows', (name) => {
    expect(folderOf(name)).not.toBe(name);
  });

  it.each(['Add', 'a b', '%zz', '%41x.tmp', 'a%2', '%61dd', '.removed-add-1', '', 'con'])('is never %j', (folder) => {
    expect(nameOf(folder)).toBeNull();
  });
});
