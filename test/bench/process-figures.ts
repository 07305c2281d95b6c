// What a server costs beside its speed: its start, its memory, what it does while nobody asks. Linux only. Must not know what
// is asked of it for speed.

import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { privateBytes } from '../../src-main/runtime/resident-memory.ts';
import { allProcessesBelow } from '../support/process-tree.ts';

const TICKS_A_SECOND = 100;
const IDLE_SECONDS = 20;

export interface IdleFigures {
  /** Of one processor. */
  readonly processorPercent: number;
  readonly wakeUpsASecond: number;
}

function pidsOf(pid: number): readonly number[] {
  return [pid, ...allProcessesBelow(pid).map((one) => one.pid)];
}

/** What all processes of a server hold that no other has, in megabytes. */
export async function privateMegabytes(pid: number): Promise<number> {
  const bytes = await Promise.all(pidsOf(pid).map((one) => privateBytes(one)));
  return bytes.reduce((sum, one) => sum + one, 0) / 1e6;
}

/** Looks at a server that nobody asks for a while. */
export async function idleFigures(pid: number): Promise<IdleFigures> {
  const before = usedBy(pid);
  await sleep(IDLE_SECONDS * 1000);
  const after = usedBy(pid);
  return {
    processorPercent: (100 * (after.seconds - before.seconds)) / IDLE_SECONDS,
    wakeUpsASecond: (after.wakeUps - before.wakeUps) / IDLE_SECONDS,
  };
}

function usedBy(pid: number): { readonly seconds: number; readonly wakeUps: number } {
  let ticks = 0;
  let wakeUps = 0;
  for (const one of pidsOf(pid)) {
    const stat = readFileSync(`/proc/${one}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    ticks += Number(fields[11]) + Number(fields[12]);
    const [, switches = '0'] =
      /^voluntary_ctxt_switches:\t(\d+)$/m.exec(readFileSync(`/proc/${one}/status`, 'latin1')) ?? [];
    wakeUps += Number(switches);
  }
  return { seconds: ticks / TICKS_A_SECOND, wakeUps };
}
