// Turns measured slices into figures, a table and JSON. Must not measure.

import { cpus } from 'node:os';
import { hotPathHash, ratioOf } from '../../packaging/performance/figures.ts';
import type { CaseFigure, Figures, Rate } from '../../packaging/performance/figures.ts';
import type { BenchCase } from './cases.ts';
import type { Slice } from './load.ts';

export type ServerName = 'ours' | 'tabpy' | 'limit';

const COLUMNS = ['case', 'ours/s', 'tabpy/s', 'ratio', 'aim', 'ours p50/p99 ms', 'tabpy p50/p99 ms', 'limit/s'];
const WIDTHS = [12, 9, 9, 8, 6, 17, 17, 9];

/** The median of the slices, so that a disturbed slice does not count. */
export function rateOf(slices: readonly Slice[]): Rate {
  return {
    perSecond: median(slices.map((one) => one.perSecond)),
    p50Ms: median(slices.map((one) => one.p50Ms)),
    p99Ms: median(slices.map((one) => one.p99Ms)),
  };
}

export function figureOf(
  { name, label, aim }: BenchCase,
  rates: Readonly<Partial<Record<ServerName, Rate>>>,
): CaseFigure {
  const { ours, tabpy = null, limit = null } = rates;
  if (!ours) throw new Error(`'${name}' was not measured`);
  return { name, label, aim, ours, tabpy, limit };
}

export function tableHead(): string {
  return `${line(COLUMNS)}\n${line(WIDTHS.map((width) => '-'.repeat(width)))}`;
}

export function tableRow(one: CaseFigure): string {
  const ratio = ratioOf(one);
  return line([
    one.name,
    figure(one.ours.perSecond),
    one.tabpy ? figure(one.tabpy.perSecond) : '',
    ratio === null ? '' : `${ratio.toFixed(2)}${ratio < one.aim ? ' <' : '  '}`,
    String(one.aim),
    latencyText(one.ours),
    latencyText(one.tabpy),
    one.limit ? figure(one.limit.perSecond) : '',
  ]);
}

/** What `--record` and `--json` write. */
export function jsonOf(
  root: string,
  measured: Pick<Figures, 'version' | 'tabpyVersion' | 'cases' | 'processes'>,
): string {
  const machine = { platform: process.platform, processors: cpus().length, model: cpus()[0]?.model.trim() ?? '' };
  const { version, tabpyVersion, cases, processes } = measured;
  const figures: Figures = {
    version,
    hotPath: hotPathHash(root),
    node: process.version,
    tabpyVersion,
    machine,
    cases,
    processes,
  };
  const rounded = (_key: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(5)) : value;
  return `${JSON.stringify(figures, rounded, 2)}\n`;
}

/** NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 0 ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!;
}

function line(cells: readonly string[]): string {
  return cells
    .map((cell, at) => (at === 0 ? cell.padEnd(WIDTHS[at]!) : cell.padStart(WIDTHS[at]!)))
    .join('  ')
    .trimEnd();
}

const latencyText = (rate: Rate | null): string => (rate ? `${figure(rate.p50Ms)} / ${figure(rate.p99Ms)}` : '');
const figure = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
