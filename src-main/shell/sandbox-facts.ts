// Reads what sandbox-policy.ts decides on: from the command line, the system, and a renderer that runs. Must not decide.

import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { App, ProcessMetric } from 'electron';
import { FORBIDDEN_SWITCHES } from './sandbox-policy.ts';
import type { RendererFacts, SandboxFacts } from './sandbox-policy.ts';

const OTHER_SWITCHES = ['disable-setuid-sandbox', 'disable-namespace-sandbox'];
const SETUID = 0o4000;

export function sandboxFacts(app: Pick<App, 'commandLine'>): SandboxFacts {
  return {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    switches: new Set([...FORBIDDEN_SWITCHES, ...OTHER_SWITCHES].filter((name) => app.commandLine.hasSwitch(name))),
    isDisabledByEnvironment: process.env['ELECTRON_DISABLE_SANDBOX'] !== undefined,
    hasSetuidHelper: hasSetuidHelper(path.join(path.dirname(process.execPath), 'chrome-sandbox')),
    hasUserNamespaces: hasUserNamespaces(),
  };
}

/** @param metrics of all processes; on Linux the system is asked, elsewhere Electron knows */
export function rendererFacts(pid: number, metrics: readonly ProcessMetric[]): RendererFacts {
  if (process.platform !== 'linux') {
    return { platform: 'other', isSandboxed: metrics.find((one) => one.pid === pid)?.sandboxed };
  }
  const mode = /^Seccomp:\s*(\d)/m.exec(textOf(`/proc/${pid}/status`))?.[1];
  return { platform: 'linux', seccompMode: mode === undefined ? null : Number(mode) };
}

function hasSetuidHelper(file: string): boolean {
  try {
    const { uid, mode } = statSync(file);
    return uid === 0 && (mode & SETUID) !== 0;
  } catch {
    return false;
  }
}

/** What the system says; AppArmor (Ubuntu 23.10 and later) restricts them for programs that it does not know. */
function hasUserNamespaces(): boolean {
  const settings = [
    ['/proc/sys/user/max_user_namespaces', '0'],
    ['/proc/sys/kernel/unprivileged_userns_clone', '0'],
    ['/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1'],
  ] as const;
  return settings.every(([file, refuses]) => textOf(file).trim() !== refuses) || isKnownToAppArmor();
}

/** A program with a profile of its own, such as the .deb package installs, may make them in spite of the restriction. */
function isKnownToAppArmor(): boolean {
  const profile = textOf('/proc/self/attr/current').trim();
  return profile !== '' && !profile.startsWith('unconfined');
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
