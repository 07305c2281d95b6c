// What the system says of processes, for tests that watch them. Linux only; empty elsewhere.

import { readdirSync, readFileSync } from 'node:fs';

export interface ProcessFact {
  readonly pid: number;
  readonly command: string;
  readonly residentBytes: number;
}

const PAGE_BYTES = 4096;

/** The direct children of a process. */
export function processesBelow(pid: number): readonly ProcessFact[] {
  if (process.platform !== 'linux') return [];
  const facts: ProcessFact[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      if (parent !== pid) continue;
      const pages = Number(readFileSync(`/proc/${name}/statm`, 'latin1').split(' ')[1]);
      const command = readFileSync(`/proc/${name}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
      facts.push({ pid: Number(name), command, residentBytes: pages * PAGE_BYTES });
    } catch {
      // It ended between two looks.
    }
  }
  return facts;
}

/** The children of a process, their children, and so on. */
export function allProcessesBelow(pid: number): readonly ProcessFact[] {
  return processesBelow(pid).flatMap((one) => [one, ...allProcessesBelow(one.pid)]);
}
