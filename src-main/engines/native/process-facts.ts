// What the kernel tells about a process: its memory and its threads.

import { readFileSync } from 'node:fs';

export interface ProcessFacts {
  readonly residentBytes: number;
  readonly threads: number;
  /** Seconds of a processor that it has used. */
  readonly cpuSeconds: number;
}

const PAGE_BYTES = 4096;
/** The unit in which Linux tells times, on all machines. */
const TICKS_A_SECOND = 100;
const NOTHING: ProcessFacts = { residentBytes: 0, threads: 0, cpuSeconds: 0 };

/** One reading of /proc; zeros once the process has ended. */
export function processFacts(pid: number): ProcessFacts {
  try {
    return factsIn(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return NOTHING;
  }
}

/** @param stat a line of /proc/PID/stat; the name in it may hold anything, so only what follows it is read */
export function factsIn(stat: string): ProcessFacts {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const figure = (at: number): number => Number(fields[at]) || 0;
  return {
    threads: figure(17),
    residentBytes: figure(21) * PAGE_BYTES,
    cpuSeconds: (figure(11) + figure(12)) / TICKS_A_SECOND,
  };
}
