// What goes with a package, and what a wish or a file name means.

import { describe, expect, it } from 'vitest';
import type { LockedPackage } from '../../../src-main/packages/added/added-lock.ts';
import { goneFrom, nameIn, wheelNameParts, without } from '../../../src-main/packages/added/added-set.ts';

const one = (name: string, more: Partial<LockedPackage> = {}): LockedPackage => ({
  name,
  version: '1',
  fileName: `${name}-1-py3-none-any.whl`,
  sha256: 'a'.repeat(64),
  bytes: 1,
  source: 'index',
  asked: null,
  neededBy: [],
  modules: [name],
  fault: null,
  ...more,
});
const set = [
  one('report', { asked: 'report' }),
  one('chart', { neededBy: ['report', 'paint'] }),
  one('ink', { neededBy: ['chart'] }),
  one('paint', { asked: 'paint' }),
  one('glue', { neededBy: ['report'] }),
];

describe('taking a package out', () => {
  it('takes along what only it needed', () => {
    const after = without(set, 'report');
    expect('kind' in after ? after : after.map(({ name }) => name)).toEqual(['chart', 'ink', 'paint']);
    expect('kind' in after ? [] : goneFrom(set, after).map(({ name }) => name)).toEqual(['report', 'glue']);
    expect('kind' in after ? null : after[0]!.neededBy).toEqual(['paint']);
  });

  it('keeps what others need, and says who', () => {
    expect(without(set, 'ink')).toEqual({ kind: 'needed', by: ['chart'] });
    expect(without(set, 'nobody')).toEqual({ kind: 'not-there' });
  });

  it('keeps one that was asked for as well, as one that others need', () => {
    const asked = set.map((each) => (each.name === 'chart' ? { ...each, asked: 'chart' } : each));
    const after = without(asked, 'chart');
    expect('kind' in after ? null : after.find(({ name }) => name === 'chart')?.asked).toBe(null);
  });
});

describe('names', () => {
  it.each([
    ['Seaborn', 'seaborn'],
    ['  scikit_Learn >= 1.2 ', 'scikit-learn'],
    ['pandas[excel]==3.0', 'pandas'],
    ['x ; python_version>"3"', 'x'],
    ['a (>=1)', 'a'],
  ])('%s is about %s', (spec, name) => expect(nameIn(spec)).toBe(name));

  it.each(['', '--index-url=http://x', 'https://x/y.whl', 'a b', '../x', 'naïve'])('%s is about none', (spec) =>
    expect(nameIn(spec)).toBe(null),
  );

  it('are read from the names of wheels', () => {
    expect(wheelNameParts('scikit_learn-1.8.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl')).toEqual({
      name: 'scikit-learn',
      version: '1.8.0',
      tag: 'cp314-cp314-pyemscripten_2026_0_wasm32',
    });
    expect(wheelNameParts('python_dateutil-2.9.0.post0-py2.py3-none-any.whl')?.version).toBe('2.9.0.post0');
    expect(wheelNameParts('x-1.0-2-py3-none-any.whl')?.version).toBe('1.0');
    for (const name of ['x.whl', '../x-1-py3-none-any.whl', 'x-1-py3-none-any.zip'])
      expect(wheelNameParts(name)).toBe(null);
  });
});
