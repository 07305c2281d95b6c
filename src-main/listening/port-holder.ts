// Finds the program that holds a port, so that "address in use" can be answered with a name. Must not change anything.

import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { PortHolder } from '../../src-shared/service-state.ts';

const run = promisify(execFile);

/** The program that listens on a TCP port, or null where the system does not tell. Never rejects; takes at most 3 s. */
export async function holderOf(port: number): Promise<PortHolder | null> {
  try {
    switch (process.platform) {
      case 'linux':
        return await onLinux(port);
      case 'win32':
        return await onWindows(port);
      default:
        return await withLsof(port);
    }
  } catch {
    // The message then simply lacks the name.
    return null;
  }
}

async function onLinux(port: number): Promise<PortHolder | null> {
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const lines = (await readFile(table, 'latin1').catch(() => '')).split('\n').slice(1);
    for (const line of lines) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      const LISTEN = '0A';
      if (state === LISTEN && inode && Number.parseInt(local?.split(':')[1] ?? '', 16) === port)
        inodes.add(`socket:[${inode}]`);
    }
  }
  if (inodes.size === 0) return null;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    // Processes of other users are not accessible.
    const fds = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const fd of fds) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
      if (inodes.has(target)) return { pid: Number(pid), name: await programName(pid) };
    }
  }
  return null;
}

/** The program's file; a process may give itself any name (`MainThread`). */
async function programName(pid: string): Promise<string> {
  const file = await readlink(`/proc/${pid}/exe`).catch(() => '');
  return path.basename(file.replace(/ \(deleted\)$/, '')) || (await readFile(`/proc/${pid}/comm`, 'utf8')).trim();
}

async function withLsof(port: number): Promise<PortHolder | null> {
  const { stdout } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { timeout: 3_000 });
  const pid = /^p(\d+)$/m.exec(stdout)?.[1];
  const name = /^c(.+)$/m.exec(stdout)?.[1];
  return pid && name ? { pid: Number(pid), name } : null;
}

async function onWindows(port: number): Promise<PortHolder | null> {
  const { stdout } = await run('netstat', ['-ano', '-p', 'TCP'], { timeout: 3_000 });
  const line = stdout
    .split(/\r?\n/)
    .find((one) => /LISTENING/.test(one) && one.trim().split(/\s+/)[1]?.endsWith(`:${port}`));
  const pid = line?.trim().split(/\s+/).at(-1);
  if (!pid) return null;
  const { stdout: list } = await run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], { timeout: 3_000 });
  const name = /^"([^"]+)"/.exec(list.trim())?.[1];
  return name ? { pid: Number(pid), name } : null;
}
