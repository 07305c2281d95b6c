// Names of environments, and kinds of files that they can be made from.

import { describe, expect, it } from 'vitest';
import { contentsKindOf, environmentNameFault, suggestedEnvironmentName } from '../../src-shared/environment.ts';

describe('the name of an environment', () => {
  it.each(['lab', 'Data-Science_3.12', 'a'])('can be %s', (name) => {
    expect(environmentNameFault(name)).toBeNull();
  });

  it.each(['', 'builtin', 'BUILTIN', '../x', 'a/b', '.hidden', 'ends.', 'nul', 'COM1.x', 'x'.repeat(65), 'ä', 'a b'])(
    'cannot be %j, and the fault says so in words',
    (name) => {
      expect(environmentNameFault(name)).toMatch(/name|named/);
    },
  );

  it.each([
    ['/home/ana/churn/.venv', [], 'churn'],
    ['/home/ana/churn/.pixi/envs/default', [], 'churn'],
    ['C:\\Users\\ana\\Sales 2026\\venv', [], 'Sales-2026'],
    ['/home/ana/miniconda3/envs/geo', ['geo', 'Geo-2'], 'geo-3'],
    ['/', [], 'python'],
    ['/opt/builtin', [], 'python'],
  ])('of %s is suggested from its project', (prefix, taken, name) => {
    expect(suggestedEnvironmentName(prefix, taken)).toBe(name);
  });
});

describe('a file that an environment is made from', () => {
  it.each([
    ['/x/uv.lock', 'uv.lock'],
    ['C:\\x\\pylock.toml', 'pylock.toml'],
    ['pylock.dev.toml', 'pylock.toml'],
    ['requirements.txt', 'requirements'],
  ])('%s is a %s', (file, kind) => {
    expect(contentsKindOf(file)).toBe(kind);
  });
});
