// How much memory a process holds, where the operating system tells.

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';

const PAGE_BYTES = 4096;
const PRIVATE = /^Private_(?:Clean|Dirty): +(\d+) kB$/gm;

/** The memory of this computer, or of the container, in bytes. */
export function memoryOfSystem(): number {
  const total = totalmem();
  const allowed = process.constrainedMemory();
  return allowed > 0 ? Math.min(total, allowed) : total;
}

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

/**
 * Private memory of a process in bytes: what would be free without it. Linux: /proc; 0 elsewhere. Counting takes the
 * system some milliseconds.
 */
export async function privateBytes(pid: number): Promise<number> {
  if (process.platform !== 'linux') return 0;
  try {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'latin1');
    return [...text.matchAll(PRIVATE)].reduce((total, [, kilobytes]) => total + Number(kilobytes) * 1024, 0);
  } catch {
    // The process ended between two looks.
    return 0;
  }
}
