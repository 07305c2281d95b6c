// Checks that README and docs show the measured figures, and that the figures were measured of the current sources.
// Part of `npm run check`.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FIGURES_FILE, hotPathHash, readFigures } from './figures.ts';
import type { Figures } from './figures.ts';
import { performancePage, readmeWith } from './performance-page.ts';

export interface Shown {
  readonly figures: Figures;
  /** Hash of the current sources. */
  readonly hotPath: string;
  readonly readme: string;
  readonly page: string;
}

/** Why the shown figures are not true; empty when they are. */
export function faultsOf({ figures, hotPath, readme, page }: Shown): readonly string[] {
  return [
    ...(figures.hotPath === hotPath
      ? []
      : [
          `${FIGURES_FILE} was measured of other sources. Run npm run bench -- --record --tabpy PROGRAM, then npm run docs.`,
        ]),
    ...(performancePage(figures) === page ? [] : ['docs/performance.md differs from the figures. Run npm run docs.']),
    ...(readmeWith(readme, figures) === readme ? [] : ['The README differs from the figures. Run npm run docs.']),
  ];
}

if (import.meta.main) {
  const root = path.resolve(import.meta.dirname, '../..');
  const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
  const shown = {
    figures: readFigures(root),
    hotPath: hotPathHash(root),
    readme: read('README.md'),
    page: read('docs/performance.md'),
  };
  const faults = faultsOf(shown);
  if (faults.length > 0) process.stderr.write(`${faults.join('\n')}\n`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
