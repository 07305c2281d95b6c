// The GitHub address of this repository, where installed programs look for updates. Pure.

export interface Repository {
  readonly owner: string;
  readonly name: string;
}

// The forms that git clones from.
const ADDRESS = /^(?:https:\/\/(?:[^@/]+@)?|ssh:\/\/git@|git@)github\.com[/:]([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/;

/** @param remote output of `git remote get-url origin`; null: none */
export function repositoryAt(remote: string | null): Repository | null {
  const found = ADDRESS.exec(remote?.trim() ?? '');
  return found ? { owner: found[1]!, name: found[2]! } : null;
}

/**
 * electron-builder's options for it. Without an address the program does not look for updates, and there is no .deb,
 * because Debian's packages must name a homepage.
 */
export function builderOptionsFor(repository: Repository | null, platform: NodeJS.Platform): readonly string[] {
  if (repository === null) return platform === 'linux' ? ['-c.linux.target=AppImage'] : [];
  const { owner, name } = repository;
  return [
    '-c.publish.provider=github',
    `-c.publish.owner=${owner}`,
    `-c.publish.repo=${name}`,
    `-c.extraMetadata.homepage=https://github.com/${owner}/${name}`,
    // The screen About shows it.
    `-c.extraMetadata.bugs=https://github.com/${owner}/${name}/issues`,
  ];
}
