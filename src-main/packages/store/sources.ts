// The sources where packages are searched, in order.

import { pipWeb } from '../web/pip-routes.ts';
import { folderSource } from './folder-source.ts';
import { pipSource } from './pip-source.ts';
import type { PyodidePlace } from './pyodide-place.ts';
import type { Source } from './source.ts';
import { webSource } from './web-source.ts';

/** The version that the image is made of; the installed app has no npm package to read it from. */
export const PYODIDE_VERSION = '314.0.4';

type Env = Readonly<Record<string, string | undefined>>;

/** A folder, when `from` or TABPY_TRAY_PACKAGES_FROM names one; Pyodide's CDN; PyPI. */
export function defaultSources(from: string | undefined, env: Env = process.env): readonly Source[] {
  return [...pyodideSources(pyodidePlace('', from, env)), pipSource()];
}

/** The place of Pyodide's own builds. `proxy`: overrides pip and `env`, where it is not empty. */
export function pyodidePlace(proxy: string, from?: string, env: Env = process.env): PyodidePlace {
  return {
    folder: from || env['TABPY_TRAY_PACKAGES_FROM'] || null,
    url: `https://cdn.jsdelivr.net/pyodide/v${PYODIDE_VERSION}/full/`,
    openWeb: pipWeb(proxy, env),
  };
}

export function pyodideSources({ folder, url, openWeb }: PyodidePlace): readonly Source[] {
  return [...(folder === null ? [] : [folderSource(folder)]), webSource(url, openWeb)];
}
