// What a managed environment can be made from, and what is refused with a reason.

import { describe, expect, it } from 'vitest';
import { changedWishes, projectOfUvLock, requirementsIn } from '../../src-main/environments/requirements.ts';

const HASH = `--hash=sha256:${'a'.repeat(64)}`;

describe('requirements', () => {
  it('reads names, versions, extras and markers, without comments', () => {
    const text = '# mine\npandas==3.0.2  # tables\n\nhttpx[http2]>=0.27 ; python_version >= "3.10"\r\nnumpy';
    expect(requirementsIn(text)).toEqual({
      wishes: ['pandas==3.0.2', 'httpx[http2]>=0.27 ; python_version >= "3.10"', 'numpy'],
      lock: null,
    });
  });

  it('takes a file with a hash for each package as a lock', () => {
    const { wishes, lock } = requirementsIn(`numpy==2.4.6 \\\n    ${HASH} \\\n    ${HASH}\nsix==1.17.0 ${HASH}\n`);
    expect(wishes).toEqual(['numpy==2.4.6', 'six==1.17.0']);
    expect(lock!.match(/--hash/g)).toHaveLength(3);
    expect(lock!.split('\n').filter(Boolean)).toHaveLength(2);
  });

  it.each([
    ['', 'No package is named.'],
    ['# nothing', 'No package is named.'],
    ['-r other.txt', "'-r other.txt' names another file."],
    ['-e .', "'-e .' names a folder or a file."],
    ['./wheels/a.whl', "'./wheels/a.whl' names a folder or a file."],
    ['C:\\wheels\\a.whl', 'names a folder or a file.'],
    ['--extra-index-url https://evil.example', "'--extra-index-url https://evil.example' is an option."],
    ['--find-links=/tmp', 'is an option.'],
    ['a @ git+https://evil.example/a', 'is not the name of a package.'],
    ['a@file:///tmp/a', 'is not the name of a package.'],
    ['https://evil.example/a.whl', 'is not the name of a package.'],
    ['pan das', 'is not the name of a package.'],
    [`a==1 ${HASH}\nb==2`, 'Some packages have hashes and others have none.'],
  ])('refuses %j in words', (text, words) => {
    expect(() => requirementsIn(text)).toThrow(words);
  });

  it('changes the list by name, where a new version takes the place of an old wish', () => {
    const wishes = ['pandas==3.0.1', 'Scikit_Learn', 'six'];
    expect(changedWishes(wishes, ['pandas==3.0.2', 'seaborn'], ['scikit-learn'])).toEqual([
      'six',
      'pandas==3.0.2',
      'seaborn',
    ]);
    expect(() => changedWishes(wishes, [], ['numpy'])).toThrow('numpy was not asked for by name.');
    expect(() => changedWishes(wishes, ['-e .'], [])).toThrow('names a folder or a file');
  });

  it('finds the project of a uv.lock, and says when there is none', () => {
    const lock =
      'version = 1\n\n[[package]]\nname = "six"\nsource = { registry = "x" }\n\n[[package]]\nname = "app"\nversion = "1"\nsource = { virtual = "." }\n';
    expect(projectOfUvLock(lock)).toBe('app');
    expect(() => projectOfUvLock('numpy')).toThrow('This is not a uv.lock.');
    expect(() => projectOfUvLock('version = 1\n')).toThrow('is not of one project');
  });
});
