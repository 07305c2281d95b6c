import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../packaging/performance/check.ts';
import { hotPathHash, ratioOf } from '../../packaging/performance/figures.ts';
import type { CaseFigure, Figures } from '../../packaging/performance/figures.ts';
import { performancePage, readmeWith } from '../../packaging/performance/performance-page.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const rate = (perSecond: number) => ({ perSecond, p50Ms: 1.234, p99Ms: 12.34 });

const caseOf = (name: string, ours: number, tabpy: number, aim: number): CaseFigure => ({
  name,
  label: `label of ${name}`,
  aim,
  ours: rate(ours),
  tabpy: rate(tabpy),
  limit: null,
});

const FIGURES: Figures = {
  version: '1.2.3',
  hotPath: 'abc',
  node: 'v24.0.0',
  tabpyVersion: '2.16.0',
  machine: { platform: 'linux', processors: 2, model: 'A processor' },
  cases: [caseOf('small-1', 1_000, 400, 2), caseOf('rows-200k', 3, 2, 2.2), caseOf('other', 5, 5, 1)],
  processes: null,
};

const README = 'before\n<!-- figures: made by npm run docs -->\nold\n<!-- end of figures -->\nafter\n';

describe('the figures that are shown', () => {
  const shown = {
    figures: FIGURES,
    hotPath: 'abc',
    readme: readmeWith(README, FIGURES),
    page: performancePage(FIGURES),
  };

  it('are true when they are those that were measured, of what is here', () => {
    expect(faultsOf(shown)).toEqual([]);
  });

  it.each([
    ['were measured of other sources', { hotPath: 'abd' }, 'measured of other sources'],
    ['stand otherwise on the page', { page: shown.page.replace('2.50', '3.50') }, 'docs/performance.md differs'],
    ['stand otherwise in the README', { readme: shown.readme.replace('2.50', '3.50') }, 'README differs'],
  ])('are not true when they %s', (_, change, why) => {
    expect(faultsOf({ ...shown, ...change })).toEqual([expect.stringContaining(why)]);
  });

  it('name every shortfall', () => {
    expect(ratioOf(FIGURES.cases[0]!)).toBe(2.5);
    expect(shown.page).toContain('**Below the aim in this run:** label of rows-200k (1.50 of 2.2).');
    expect(performancePage({ ...FIGURES, cases: [FIGURES.cases[0]!] })).toContain('Every aim was reached in this run.');
  });

  it('stand in the README in a few rows, between its marks', () => {
    expect(shown.readme).toContain('| label of small-1 | 2.50 | 2 |\n| label of rows-200k | 1.50 | 2.2 |');
    expect(shown.readme).not.toContain('old');
    expect(shown.readme).not.toContain('label of other');
    expect(readmeWith(shown.readme, FIGURES)).toBe(shown.readme);
    expect(() => readmeWith('no marks', FIGURES)).toThrow('has no');
  });
});

describe('the hash of what a request passes through', () => {
  it('is another one after a change of a source, and the same after one of anything else', () => {
    const root = temporaryFolder();
    for (const folder of ['http', 'runtime', 'engines', 'python'])
      mkdirSync(path.join(root, 'src-main', folder), { recursive: true });
    const file = path.join(root, 'src-main/python/entry.py');
    writeFileSync(file, 'pass\n');
    const before = hotPathHash(root);
    mkdirSync(path.join(root, 'src-main/shell'));
    writeFileSync(path.join(root, 'src-main/shell/tray.ts'), '');
    writeFileSync(path.join(root, 'src-main/python/entry.pyc'), '');
    expect(hotPathHash(root)).toBe(before);
    cpSync(file, path.join(root, 'src-main/python/other.py'));
    expect(hotPathHash(root)).not.toBe(before);
  });
});
