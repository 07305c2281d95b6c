// The figures that `npm run bench -- --record` measured, and the sources they were measured of. Must not measure.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Rate {
  /** Requests a second, the median of the slices. */
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface CaseFigure {
  readonly name: string;
  /** In words. */
  readonly label: string;
  /** Our goal: requests a second against TabPy's. */
  readonly aim: number;
  readonly ours: Rate;
  readonly tabpy: Rate | null;
  readonly limit: Rate | null;
}

export interface ProcessFigures {
  /** From the program's start to its first right answer, the median of some starts. */
  readonly firstAnswerMs: number;
  /** Private memory of all processes together, started and without any request. */
  readonly idleMegabytes: number;
  /** The same after one caller was answered. */
  readonly oneCallerMegabytes: number;
  /** The same after three callers used pandas. */
  readonly threeCallersMegabytes: number;
  /** Of one processor, while the server is idle. */
  readonly idleProcessorPercent: number;
  readonly idleWakeUpsASecond: number;
}

export interface Figures {
  readonly version: string;
  /** `hotPathHash` of the sources that were measured. */
  readonly hotPath: string;
  readonly node: string;
  readonly tabpyVersion: string | null;
  readonly machine: { readonly platform: string; readonly processors: number; readonly model: string };
  readonly cases: readonly CaseFigure[];
  readonly processes: { readonly ours: ProcessFigures; readonly tabpy: ProcessFigures | null } | null;
}

export const FIGURES_FILE = 'docs/performance.json';

/** The sources that a request passes through: when they change, earlier figures are no longer valid. */
const HOT_PATH = ['http', 'runtime', 'engines', 'python'];

/** SHA-256 over the sources that a request passes through. @param root of the project */
export function hotPathHash(root: string): string {
  const hash = createHash('sha256');
  for (const folder of HOT_PATH) {
    const files = readdirSync(path.join(root, 'src-main', folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(?:ts|mjs|py|json|toml)$/.test(entry.name))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
      .toSorted();
    for (const file of files) {
      hash.update(
        `${file}\0${createHash('sha256')
          .update(readFileSync(path.join(root, file)))
          .digest('hex')}\n`,
      );
    }
  }
  return hash.digest('hex');
}

export function readFigures(root: string): Figures {
  return JSON.parse(readFileSync(path.join(root, FIGURES_FILE), 'utf8')) as Figures;
}

/** Requests a second of ours against TabPy's; null where no TabPy was measured. */
export function ratioOf({ ours, tabpy }: Pick<CaseFigure, 'ours' | 'tabpy'>): number | null {
  return tabpy === null ? null : ours.perSecond / tabpy.perSecond;
}
