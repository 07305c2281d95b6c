// Libraries compiled into Pyodide, into wheels and into the app, which no lock file lists. Data.

/** A library inside another distributed component. */
export interface Library {
  readonly name: string;
  /** `*`: the builder of that component does not publish the version. */
  readonly version: string;
  readonly licence: string;
  /** Files in texts/. */
  readonly texts: readonly string[];
  readonly note?: string;
  /** `npm/NAME` or `pypi/NAME` of the components that contain it. */
  readonly inside: readonly string[];
}

const UNKNOWN = '*';

export const LIBRARIES: readonly Library[] = [
  {
    name: 'CPython',
    version: '3.14',
    licence: 'Python-2.0',
    texts: ['cpython.txt'],
    note:
      'Changes made to Python: compiled to WebAssembly by Pyodide, with its patches; modules that need processes, threads\n' +
      'or sockets are left out or do nothing; the integer type of numpy has 64 bits; docstrings of packages are left out.',
    inside: ['npm/pyodide'],
  },
  { name: 'expat', version: UNKNOWN, licence: 'MIT', texts: ['expat.txt'], inside: ['npm/pyodide'] },
  { name: 'mpdecimal', version: UNKNOWN, licence: 'BSD-2-Clause', texts: ['mpdecimal.txt'], inside: ['npm/pyodide'] },
  { name: 'HACL*', version: UNKNOWN, licence: 'MIT', texts: ['hacl.txt'], inside: ['npm/pyodide'] },
  { name: 'bzip2', version: UNKNOWN, licence: 'bzip2-1.0.6', texts: ['bzip2.txt'], inside: ['npm/pyodide'] },
  { name: 'zlib', version: '1.3.1', licence: 'Zlib', texts: ['zlib.txt'], inside: ['npm/pyodide'] },
  { name: 'liblzma', version: UNKNOWN, licence: '0BSD', texts: ['xz.txt'], inside: ['npm/pyodide'] },
  { name: 'zstd', version: UNKNOWN, licence: 'BSD-3-Clause', texts: ['zstd.txt'], inside: ['npm/pyodide'] },
  { name: 'SQLite', version: UNKNOWN, licence: 'blessing', texts: ['sqlite.txt'], inside: ['npm/pyodide'] },
  { name: 'libffi', version: UNKNOWN, licence: 'MIT', texts: ['libffi.txt'], inside: ['npm/pyodide'] },
  { name: 'hiwire', version: UNKNOWN, licence: 'MPL-2.0', texts: ['mpl-2.0.txt'], inside: ['npm/pyodide'] },
  { name: 'error-stack-parser', version: UNKNOWN, licence: 'MIT', texts: ['stackframe.txt'], inside: ['npm/pyodide'] },
  { name: 'Emscripten', version: '5.0.3', licence: 'MIT OR NCSA', texts: ['emscripten.txt'], inside: ['npm/pyodide'] },
  { name: 'musl', version: UNKNOWN, licence: 'MIT', texts: ['musl.txt'], inside: ['npm/pyodide'] },
  {
    name: 'LLVM libc++, libc++abi and compiler-rt',
    version: UNKNOWN,
    licence: 'Apache-2.0 WITH LLVM-exception',
    texts: ['llvm.txt'],
    inside: ['npm/pyodide'],
  },
  { name: 'OpenBLAS', version: UNKNOWN, licence: 'BSD-3-Clause', texts: ['openblas.txt'], inside: ['pypi/scipy'] },
  { name: 'libf2c', version: UNKNOWN, licence: 'LicenseRef-f2c', texts: ['libf2c.txt'], inside: ['pypi/scipy'] },
  {
    name: 'FreeType',
    version: UNKNOWN,
    licence: 'FTL',
    texts: ['freetype.txt'],
    note: 'Portions of this software are copyright The FreeType Project (www.freetype.org). All rights reserved.',
    inside: ['pypi/matplotlib', 'pypi/pillow'],
  },
  {
    name: 'Anti-Grain Geometry',
    version: '2.4',
    licence: 'LicenseRef-AGG-2.4',
    texts: ['agg.txt'],
    inside: ['pypi/matplotlib'],
  },
  { name: 'Qhull', version: UNKNOWN, licence: 'Qhull', texts: ['qhull.txt'], inside: ['pypi/matplotlib'] },
  { name: 'libwebp', version: UNKNOWN, licence: 'BSD-3-Clause', texts: ['libwebp.txt'], inside: ['pypi/pillow'] },
  {
    name: 'libjpeg-turbo',
    version: UNKNOWN,
    licence: 'IJG AND BSD-3-Clause AND Zlib',
    texts: ['libjpeg-turbo.txt'],
    note: 'This software is based in part on the work of the Independent JPEG Group.',
    inside: ['pypi/pillow'],
  },
  { name: 'LibTIFF', version: '4.4.0', licence: 'libtiff', texts: ['libtiff.txt'], inside: ['pypi/pillow'] },
];
