// Looks at the machine for why-no-window.ts. Must not decide anything.

import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Machine } from './why-no-window.ts';

/** @param distDir the folder of Electron's program, which on Linux may hold a set-up sandbox helper */
export function thisMachine(distDir: string, env: NodeJS.ProcessEnv = process.env): Machine {
  return {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    hasScreen: Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']),
    allowsNamespaces: process.platform !== 'linux' || namespacesAreFree() || hasSandboxHelper(distDir),
  };
}

/** Debian's switch, the kernel's limit, and Ubuntu's rule (since 24.04) that only programs with a profile may. */
function namespacesAreFree(): boolean {
  return (
    kernelSetting('kernel/unprivileged_userns_clone') !== '0' &&
    kernelSetting('user/max_user_namespaces') !== '0' &&
    kernelSetting('kernel/apparmor_restrict_unprivileged_userns') !== '1'
  );
}

function kernelSetting(name: string): string | null {
  try {
    return readFileSync(`/proc/sys/${name}`, 'utf8').trim();
  } catch {
    return null;
  }
}

/** Chromium's older way: a helper that belongs to root and runs as root. */
function hasSandboxHelper(distDir: string): boolean {
  const found = statSync(path.join(distDir, 'chrome-sandbox'), { throwIfNoEntry: false });
  return found !== undefined && found.uid === 0 && (found.mode & 0o4000) !== 0;
}
