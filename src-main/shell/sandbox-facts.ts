// Reads the facts for sandbox-policy.ts from the command line, the system, and a running interpreter window. Must not
// decide.

import path from 'node:path';
import type { App, ProcessMetric } from 'electron';
import { hasSetuidHelper, hasUserNamespaces, procText } from '../launcher/linux-sandbox.ts';
import { FORBIDDEN_SWITCHES } from './sandbox-policy.ts';
import type { ProcessFacts, SandboxFacts } from './sandbox-policy.ts';

const OTHER_SWITCHES = ['disable-setuid-sandbox', 'disable-namespace-sandbox'];

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

/** @param metrics of all processes; on Linux the system has the facts, elsewhere Electron */
export function processFacts(pid: number, metrics: readonly ProcessMetric[]): ProcessFacts {
  if (process.platform !== 'linux') {
    return { platform: 'other', isSandboxed: metrics.find((one) => one.pid === pid)?.sandboxed };
  }
  const mode = /^Seccomp:\s*(\d)/m.exec(procText(`/proc/${pid}/status`))?.[1];
  return { platform: 'linux', seccompMode: mode === undefined ? null : Number(mode) };
}
