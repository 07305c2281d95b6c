// Colours and spaces come from the tokens alone, and the words about packages fit what is bundled.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { wantedFiles } from '../../../src-main/packages/store/package-list.ts';
import { PACKAGE_WORDS } from '../../../src-renderer/features/packages/words.ts';

const root = path.resolve(import.meta.dirname, '../../../src-renderer');
const sheets = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.css') && !file.endsWith('tokens.css'),
);
const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8').replace(/\/\*.*?\*\//gs, '');

describe.each(sheets)('%s', (file) => {
  it('names no colour of its own', () => {
    expect(textOf(file).match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(|oklch\(/gi)).toBeNull();
  });

  it('names no pixels and uses only tokens that there are', () => {
    const tokens = new Set(readFileSync(path.join(root, 'styles/tokens.css'), 'utf8').match(/--[a-z0-9-]+(?=:)/g));
    expect(textOf(file).match(/\b\d+px/g)).toBeNull();
    const used = textOf(file).match(/(?<=var\()--[a-z0-9-]+/g) ?? [];
    expect(used.filter((token) => !tokens.has(token))).toEqual([]);
  });
});

describe('the screen of packages', () => {
  it('names only what is bundled', () => {
    const bundled = wantedFiles().map(({ name }) => name);
    for (const name of Object.keys(PACKAGE_WORDS.about)) expect(bundled).toContain(name);
  });
});
