// The end of a soak in words, and the memory that it watches. Must not decide what is good.

import { readFileSync } from 'node:fs';
import { processesBelow } from '../support/process-tree.ts';
import type { Report } from './tally.ts';

export function showReport(report: Report): string {
  const { functions, attacks, memoryMegabytes: memory, smallLatencyMs: latency } = report;
  const counts = (what: Readonly<Record<string, number>>): string =>
    Object.entries(what)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || 'none';
  return [
    '',
    `requests       ${report.requests} in ${report.minutes} min, seed ${report.seed} (${counts(report.byKind)})`,
    `good answers   ${report.goodAnswers}`,
    `wrong          ${report.wrong}`,
    ...report.wrongExamples.map((one) => `               ${one}`),
    `refused        ${report.refused} (${(report.refusedShare * 100).toFixed(3)} %): ${counts(report.refusedReasons)}`,
    `functions      ${functions.acknowledgedChanges} changes acknowledged, ${functions.checkedAtTheEnd} looks at the end, ${functions.lost.length} lost`,
    ...functions.lost.map((one) => `               ${one}`),
    `attacks        ${attacks.sent} (${counts(attacks.statuses)}), ${report.escapes.length} escapes`,
    ...report.escapes.map((one) => `               ${one}`),
    `disturbances   ${counts(report.disturbances)}`,
    `interpreters   ${counts(report.interpreters)}`,
    `memory, MB     server ${memory.server.early} → ${memory.server.late}, all processes ${memory.all.early} → ${memory.all.late}`,
    `small, ms      calm p50 ${latency.calm.p50} p99 ${latency.calm.p99} (${latency.calm.count}); ` +
      `beside attacks p50 ${latency.rough.p50} p99 ${latency.rough.p99} (${latency.rough.count})`,
    ...report.faults.map((one) => `fault          ${one}`),
    '',
  ].join('\n');
}

/** Resident memory of a process, and of it with its children, in bytes. 0 where the system does not tell. */
export function residentBytesOf(pid: number): { readonly server: number; readonly all: number } {
  const children = processesBelow(pid).reduce((sum, { residentBytes }) => sum + residentBytes, 0);
  const own = ownBytes(pid);
  return { server: own, all: own + children };
}

function ownBytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
