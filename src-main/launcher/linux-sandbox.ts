// Whether Linux allows either of the two ways in which Chromium can make its sandbox. Must not decide what follows.

import { readFileSync, statSync } from 'node:fs';

const SETUID = 0o4000;

/** The older way: a helper beside Chromium's program that belongs to root and runs as root. */
export function hasSetuidHelper(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found !== undefined && found.uid === 0 && (found.mode & SETUID) !== 0;
}

/** The usual way: user namespaces. AppArmor (Ubuntu 23.10 and later) restricts them for unknown programs. */
export function hasUserNamespaces(): boolean {
  const settings = [
    ['/proc/sys/user/max_user_namespaces', '0'],
    ['/proc/sys/kernel/unprivileged_userns_clone', '0'],
    ['/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1'],
  ] as const;
  return settings.every(([file, refuses]) => procText(file).trim() !== refuses) || isKnownToAppArmor();
}

/**
 * A program with an AppArmor profile of its own, such as the .deb package installs, may make them in spite of the
 * restriction.
 */
function isKnownToAppArmor(): boolean {
  const profile = procText('/proc/self/attr/current').trim();
  return profile !== '' && !profile.startsWith('unconfined');
}

/** A file of the kernel; empty where it does not exist. */
export function procText(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
