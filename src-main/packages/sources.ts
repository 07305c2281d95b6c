// The places where packages are looked for, in order. Must not know how a place is asked.

import { folderSource } from './folder-source.ts';
import { pyodidePackage } from './package-list.ts';
import { pipSource } from './pip-source.ts';
import type { Source } from './source.ts';
import { webSource } from './web-source.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** A folder, when `from` or TABPY_TRAY_PACKAGES_FROM names one; Pyodide's CDN; PyPI. */
export function defaultSources(from: string | undefined, env: Env = process.env): readonly Source[] {
  const folder = from || env['TABPY_TRAY_PACKAGES_FROM'];
  const cdn = webSource(`https://cdn.jsdelivr.net/pyodide/v${pyodidePackage().version}/full/`);
  return [...(folder ? [folderSource(folder)] : []), cdn, pipSource()];
}
