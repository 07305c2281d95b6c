// The places where packages are looked for, in order. Must not know how a place is asked.

import { folderSource } from './folder-source.ts';
import { pipSource } from './pip-source.ts';
import type { Source } from './source.ts';
import { webSource } from './web-source.ts';

/** The version that the image is made of; the installed app has no package of npm to look it up in. */
export const PYODIDE_VERSION = '314.0.4';

type Env = Readonly<Record<string, string | undefined>>;

/** A folder, when `from` or TABPY_TRAY_PACKAGES_FROM names one; Pyodide's CDN; PyPI. */
export function defaultSources(from: string | undefined, env: Env = process.env): readonly Source[] {
  return [...pyodideSources('', from, env), pipSource()];
}

/** Those that have Pyodide's own builds: a folder, when one is named; Pyodide's CDN. */
export function pyodideSources(proxy: string, from?: string, env: Env = process.env): readonly Source[] {
  const folder = from || env['TABPY_TRAY_PACKAGES_FROM'];
  const proxies = proxy === '' ? env : { HTTP_PROXY: proxy, HTTPS_PROXY: proxy };
  const cdn = webSource(`https://cdn.jsdelivr.net/pyodide/v${PYODIDE_VERSION}/full/`, undefined, proxies);
  return [...(folder ? [folderSource(folder)] : []), cdn];
}
