// How much memory a process holds, where the system tells. Must not know what the process is.

import { readFileSync } from 'node:fs';

const PAGE_BYTES = 4096;

/** Resident memory of a process in bytes (Linux: /proc); 0 elsewhere, where the limit inside the interpreter remains. */
export function residentBytes(pid: number): number {
  if (process.platform !== 'linux') return 0;
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]);
    return Number.isFinite(pages) ? pages * PAGE_BYTES : 0;
  } catch {
    // The process ended between two looks.
    return 0;
  }
}
