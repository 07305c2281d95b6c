// The Python packages of the product, and what each file must be. Must not know where files come from.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * What is lost without a package: `core` (deploying, fast JSON), `science` (what scripts import most), `extra`. The
 * server starts without any of them and names what is missing. `optional`: only Pyodide's CDN has it, which many
 * networks do not reach; it is used when available, and its absence is not reported.
 */
export type Need = 'core' | 'science' | 'extra' | 'optional';

/** One file of the store. */
export interface WantedFile {
  readonly name: string;
  readonly version: string;
  readonly fileName: string;
  /** SHA-256 in hex; a file that differs is not used. */
  readonly sha256: string;
  readonly need: Need;
  /** pip's requirement for it, for wheels that come from PyPI itself. */
  readonly pip: string | null;
  /** Its address, for files from an index. */
  readonly url?: string;
}

// Names as in Pyodide's lock, which also lists their dependencies.
const FROM_PYODIDE: readonly (readonly [Need, readonly string[]])[] = [
  ['core', ['pydantic-core', 'packaging', 'micropip']],
  ['science', ['numpy', 'pandas', 'scipy', 'scikit-learn']],
  ['extra', ['matplotlib', 'requests', 'regex']],
  ['optional', ['statsmodels']],
];

// Pyodide builds its own files of these, which only its CDN has; PyPI's own pure wheels work as well and are available
// everywhere.
const FROM_PYPI: readonly WantedFile[] = [
  {
    name: 'cloudpickle',
    version: '3.1.2',
    fileName: 'cloudpickle-3.1.2-py3-none-any.whl',
    sha256: '9acb47f6afd73f60dc1df93bb801b472f05ff42fa6c84167d25cb206be1fbf4a',
    need: 'core',
    pip: 'cloudpickle==3.1.2',
  },
  // Writes JSON. PyPI has a build for Pyodide's platform; Pyodide's own distribution has none.
  {
    name: 'msgspec',
    version: '0.22.0',
    fileName: 'msgspec-0.22.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl',
    sha256: 'a66b1766311e42371e509c996c3933b161c7ae0eabdf361af5316dec197e1022',
    need: 'core',
    pip: 'msgspec==0.22.0',
  },
  // Decides, with `packaging`, what an added package needs; pip contains it as well.
  {
    name: 'resolvelib',
    version: '1.2.1',
    fileName: 'resolvelib-1.2.1-py3-none-any.whl',
    sha256: 'fb06b66c8da04172d9e72a21d7d06186d8919e32ae5ab5cdf5b9d920be805ac2',
    need: 'core',
    pip: 'resolvelib==1.2.1',
  },
  // WebAssembly has no time zones of its own: without this, pandas and zoneinfo know only UTC.
  {
    name: 'tzdata',
    version: '2025.3',
    fileName: 'tzdata-2025.3-py2.py3-none-any.whl',
    sha256: '06a47e5700f3081aab02b2e513160914ff0694bce9947d6b76ebd6bf57cfc5d1',
    need: 'science',
    pip: 'tzdata==2025.3',
  },
  {
    name: 'simplejson',
    version: '3.20.2',
    fileName: 'simplejson-3.20.2-py3-none-any.whl',
    sha256: '3b6bb7fb96efd673eac2e4235200bfffdc2353ad12c54117e1e4e2fc485ac017',
    need: 'extra',
    pip: 'simplejson==3.20.2',
  },
  // Reads the descriptions of parameters in docstrings.
  {
    name: 'docstring-parser',
    version: '0.18.0',
    fileName: 'docstring_parser-0.18.0-py3-none-any.whl',
    sha256: 'b3fcbed555c47d8479be0796ef7e19c2670d428d72e96da63f3a40122860374b',
    need: 'extra',
    pip: 'docstring_parser==0.18.0',
  },
  {
    name: 'nltk',
    version: '3.9.4',
    fileName: 'nltk-3.9.4-py3-none-any.whl',
    sha256: 'f2fa301c3a12718ce4a0e9305c5675299da5ad9e26068218b69d692fda84828f',
    need: 'extra',
    pip: 'nltk==3.9.4',
  },
  {
    name: 'textblob',
    version: '0.20.1',
    fileName: 'textblob-0.20.1-py3-none-any.whl',
    sha256: 'f957699169a3e7b9a03a504883111b7b6973679496b9af959db2f74ee2449977',
    need: 'extra',
    pip: 'textblob==0.20.1',
  },
  // Its lexicon is the one that NLTK would download; see engines/builtin/image/nltk-data.ts.
  {
    name: 'vadersentiment',
    version: '3.3.2',
    fileName: 'vaderSentiment-3.3.2-py2.py3-none-any.whl',
    sha256: '3bf1d243b98b1afad575b9f22bc2cb1e212b94ff89ca74f8a23a588d024ea311',
    need: 'extra',
    pip: 'vadersentiment==3.3.2',
  },
];

interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly file_name: string;
  readonly sha256: string;
  readonly depends: readonly string[];
}

/** Pyodide's folder and version, as npm installed it. */
export function pyodidePackage(): { readonly dir: string; readonly version: string } {
  const file = createRequire(import.meta.url).resolve('pyodide/package.json');
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return { dir: path.dirname(file), version };
}

/** Every file of the product, with dependencies, the most needed first. */
export function wantedFiles(
  lockFile: string = path.join(pyodidePackage().dir, 'pyodide-lock.json'),
): readonly WantedFile[] {
  const lock = JSON.parse(readFileSync(lockFile, 'utf8')) as { packages: Readonly<Record<string, LockedPackage>> };
  const files = new Map<string, WantedFile>(FROM_PYPI.map((file) => [file.name, file]));
  const add = (name: string, need: Need): void => {
    const locked = lock.packages[name];
    if (!locked)
      throw new Error(`Pyodide's lock has no package '${name}'. The list of packages does not match Pyodide.`);
    // A file name from a file decides where we write.
    if (path.basename(locked.file_name) !== locked.file_name)
      throw new Error(`Bad file name in Pyodide's lock: ${locked.file_name}`);
    if (files.has(name)) return;
    const { version, file_name: fileName, sha256 } = locked;
    files.set(name, { name, version, fileName, sha256, need, pip: null });
    for (const dependency of locked.depends) add(dependency, need);
  };
  for (const [need, names] of FROM_PYODIDE) for (const name of names) add(name, need);
  return [...files.values()];
}
