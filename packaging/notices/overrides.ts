// Adds what the metadata of packages leaves out. Each entry says why it is needed; an entry that is no longer used is
// an error.

export interface Override {
  readonly licence?: string;
  /** Files in texts/ for a package without a licence text. */
  readonly texts?: readonly string[];
  /** The package's own texts are left out. */
  readonly onlyTheseTexts?: boolean;
  readonly note?: string;
  readonly why: string;
}

/** By `npm/NAME` or `pypi/NAME`. */
export const OVERRIDES: Readonly<Record<string, Override>> = {
  'npm/koa-compose': { texts: ['koa-compose.txt'], why: 'its package leaves out the LICENSE of its repository' },
  'npm/lazy-val': { texts: ['lazy-val.txt'], why: 'its package.json says MIT and names the author; there is no file' },
  'npm/pyodide': {
    texts: ['mpl-2.0.txt'],
    note:
      'Its sources are at https://github.com/pyodide/pyodide. The image of Python is made of its files by rules that\n' +
      'are in the sources of TabPy Tray (src-main/engines/builtin).',
    why: 'its package leaves out the LICENSE of its repository',
  },
  'npm/vite': {
    texts: ['vite.txt'],
    onlyTheseTexts: true,
    why: 'only its loader of chunks is in the bundle, and its LICENSE.md holds those of all that its own build uses',
  },
  'pypi/contourpy': { licence: 'BSD-3-Clause', why: 'says "BSD 3-Clause License" in words' },
  'pypi/cycler': { licence: 'BSD-3-Clause', why: 'has the whole text in place of a name' },
  'pypi/kiwisolver': { licence: 'BSD-3-Clause', why: 'has the whole text in place of a name' },
  'pypi/matplotlib': {
    licence: 'PSF-2.0',
    why: "has its own text, which is PSF's with other names, in place of a name",
  },
  'pypi/pandas': { licence: 'BSD-3-Clause', why: 'has the whole text in place of a name' },
  'pypi/python-dateutil': {
    licence: 'Apache-2.0 AND BSD-3-Clause',
    why: 'says "Dual License"; older parts are BSD only, newer ones both',
  },
  'pypi/scipy': {
    licence: 'BSD-3-Clause AND BSD-2-Clause AND MIT AND BSL-1.0 AND Qhull AND (Apache-2.0 WITH LLVM-exception)',
    texts: ['scipy-bundled.txt', 'scipy-parts.txt'],
    why: "has the whole text in place of a name; Pyodide's build leaves out the list of what SciPy brings",
  },
  'pypi/simplejson': { licence: 'MIT OR AFL-2.1', why: 'says "MIT License" and, by a classifier, AFL' },
};
