// Where installed programs look for updates.

import { describe, expect, it } from 'vitest';
import { builderOptionsFor, repositoryAt } from '../../packaging/installers/repository.ts';

describe('repositoryAt', () => {
  it.each([
    'https://github.com/someone/tabpy-tray.git',
    'https://github.com/someone/tabpy-tray',
    'https://token@github.com/someone/tabpy-tray/',
    'git@github.com:someone/tabpy-tray.git\n',
    'ssh://git@github.com/someone/tabpy-tray.git',
  ])('knows %j', (remote) => {
    expect(repositoryAt(remote)).toEqual({ owner: 'someone', name: 'tabpy-tray' });
  });

  it.each([null, '', '../hub.git', 'https://example.com/someone/tabpy-tray.git', 'https://notgithub.com/a/b'])(
    'knows no place in %j',
    (remote) => {
      expect(repositoryAt(remote)).toBeNull();
    },
  );
});

describe('builderOptionsFor', () => {
  it("makes the repository's releases the feed of updates", () => {
    expect(builderOptionsFor({ owner: 'someone', name: 'tray' }, 'win32')).toEqual([
      '-c.publish.provider=github',
      '-c.publish.owner=someone',
      '-c.publish.repo=tray',
      '-c.extraMetadata.homepage=https://github.com/someone/tray',
      '-c.extraMetadata.bugs=https://github.com/someone/tray/issues',
    ]);
  });

  it('makes no feed without a repository, and no .deb, which must name a homepage', () => {
    expect(builderOptionsFor(null, 'win32')).toEqual([]);
    expect(builderOptionsFor(null, 'linux')).toEqual(['-c.linux.target=AppImage']);
  });
});
