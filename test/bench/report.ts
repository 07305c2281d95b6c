// Turns measured slices into numbers, a table and JSON. Must not measure.

import { cpus } from 'node:os';
import type { BenchCase } from './cases.ts';
import type { Slice } from './load.ts';

export type ServerName = 'ours' | 'peer' | 'limit';

/** One server's numbers for one case; the rate is the median of its slices, so that a disturbed slice does not count. */
export interface Measured {
  readonly server: ServerName;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly requests: number;
  readonly slicesPerSecond: readonly number[];
}

export interface CaseResult {
  readonly name: string;
  readonly connections: number;
  readonly requestBytes: number;
  readonly measured: readonly Measured[];
  /** Requests a second of ours over those of the peer; null without a peer. */
  readonly ratio: number | null;
  readonly aim: number;
}

/** What is known of a server: its address and the version in its /info. */
export interface ServerInfo {
  readonly url: string;
  readonly version: string;
}

const COLUMNS = ['case', 'conns', 'ours/s', 'peer/s', 'ratio', 'aim', 'ours p50/p99 ms', 'peer p50/p99 ms', 'limit/s'];
const WIDTHS = [12, 5, 9, 9, 8, 6, 17, 17, 9];

export function measuredOf(server: ServerName, slices: readonly Slice[]): Measured {
  const latencies = slices.flatMap((slice) => [...slice.latenciesMs]).toSorted((a, b) => a - b);
  const rates = slices.map((slice) => (slice.latenciesMs.length * 1000) / slice.elapsedMs);
  return {
    server,
    perSecond: quantile(
      rates.toSorted((a, b) => a - b),
      0.5,
    ),
    p50Ms: quantile(latencies, 0.5),
    p99Ms: quantile(latencies, 0.99),
    requests: latencies.length,
    slicesPerSecond: rates.map((rate) => round(rate)),
  };
}

export function resultOf(one: BenchCase, requestBytes: number, measured: readonly Measured[]): CaseResult {
  const { name, connections, aim } = one;
  const rate = (server: ServerName): number | undefined => measured.find((m) => m.server === server)?.perSecond;
  const ours = rate('ours');
  const peer = rate('peer');
  return {
    name,
    connections,
    requestBytes,
    measured,
    ratio: ours !== undefined && peer !== undefined ? ours / peer : null,
    aim,
  };
}

export function tableHead(): string {
  return `${line(COLUMNS)}\n${line(WIDTHS.map((width) => '-'.repeat(width)))}`;
}

export function tableRow({ name, connections, measured, ratio, aim }: CaseResult): string {
  const of = (server: ServerName): Measured | undefined => measured.find((one) => one.server === server);
  return line([
    name,
    String(connections),
    rateText(of('ours')),
    rateText(of('peer')),
    ratio === null ? '' : `${ratio.toFixed(2)}${ratio < aim ? ' <' : '  '}`,
    String(aim),
    latencyText(of('ours')),
    latencyText(of('peer')),
    rateText(of('limit')),
  ]);
}

/** The whole run, for comparison with later ones. Rates a second, times in ms, sizes in bytes. */
export function jsonOf(
  servers: Readonly<Partial<Record<ServerName, ServerInfo>>>,
  secondsPerServer: number,
  results: readonly CaseResult[],
): string {
  const machine = { platform: process.platform, processors: cpus().length, model: cpus()[0]?.model ?? '' };
  const rounded = (_key: string, value: unknown): unknown => (typeof value === 'number' ? round(value) : value);
  const run = { madeAt: new Date().toISOString(), node: process.version, machine, servers, secondsPerServer, results };
  return `${JSON.stringify(run, rounded, 2)}\n`;
}

/** The value below which the given part of sorted values lies; NaN of none. */
function quantile(sorted: readonly number[], part: number): number {
  if (part === 0.5 && sorted.length > 0 && sorted.length % 2 === 0) {
    return (sorted[sorted.length / 2 - 1]! + sorted[sorted.length / 2]!) / 2;
  }
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function line(cells: readonly string[]): string {
  return cells
    .map((cell, at) => (at === 0 ? cell.padEnd(WIDTHS[at]!) : cell.padStart(WIDTHS[at]!)))
    .join('  ')
    .trimEnd();
}

function rateText(measured: Measured | undefined): string {
  return measured ? figure(measured.perSecond) : '';
}

function latencyText(measured: Measured | undefined): string {
  return measured ? `${figure(measured.p50Ms)} / ${figure(measured.p99Ms)}` : '';
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}
