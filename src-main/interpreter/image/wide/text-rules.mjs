// Counted text edits of Python files in the wheels (numpy 2.4.3, and what compiled extensions of the others need).
// usage: node patch-python.mjs SITE_FOLDER [prefix]   edits files in place
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
export const TEXT_RULES = [
  // np.int_, np.uint, np.dtype('int'), repr without dtype
  { file: 'numpy/_core/_type_aliases.py', find: '"int_": "intp",', put: '"int_": "int64",' },
  { file: 'numpy/_core/_type_aliases.py', find: '"uint": "uintp",', put: '"uint": "uint64",' },
  {
    file: 'numpy/_core/numeric.py',
    find: 'return multiarray.count_nonzero(a)',
    put: 'return np.int64(multiarray.count_nonzero(a))',
  },
  {
    file: 'numpy/_core/numeric.py',
    find: 'return a_bool.sum(axis=axis, dtype=np.intp, keepdims=keepdims)',
    put: 'return a_bool.sum(axis=axis, dtype=np.int64, keepdims=keepdims)',
  },
  // np.random's legacy generator: int64 (deliver/_wide_random.py goes to numpy/random/)
  {
    file: 'numpy/random/__init__.py',
    find: 'from .mtrand import *\n',
    put: 'from .mtrand import *\nfrom ._wide_random import install as _install_wide\n_install_wide(globals())\n',
  },
  // the guard is there before any compiled module that knows arrays (deliver/_index_guard.py goes to numpy/)
  {
    file: 'numpy/__init__.py',
    find: '# Remove symbols imported for internal use\ndel os, sys, warnings\n',
    put: 'from . import _index_guard\n_index_guard.install()\n# Remove symbols imported for internal use\ndel os, sys, warnings\n',
  },
  // counts as int64
  {
    file: 'numpy/_core/multiarray.py',
    find: '@array_function_from_c_func_and_dispatcher(_multiarray_umath.bincount)\n',
    put: "def _wide_bincount(*args, **kwargs):\n    counts = _multiarray_umath.bincount(*args, **kwargs)\n    return counts.astype('int64') if counts.dtype.kind == 'i' else counts\n\n\n@array_function_from_c_func_and_dispatcher(_wide_bincount)\n",
  },
  { file: 'numpy/lib/_histograms_impl.py', find: 'ntype = np.dtype(np.intp)', put: 'ntype = np.dtype(np.int64)' },
  // --- scipy 1.18.0: integers that were cast safely to intp only ---
  {
    file: 'scipy/signal/_peak_finding.py',
    find: "value = value.astype(np.intp, order='C', casting='safe',",
    put: "value = value.astype(np.intp, order='C', casting='same_kind',",
  },
  { file: 'scipy/io/_mmio.py', find: "can_cast(a.dtype, 'intp')", put: "can_cast(a.dtype, 'int64')", times: 2 },
  // the two ufuncs of scipy.special whose only loop takes C's long
  {
    file: 'scipy/special/__init__.py',
    find: 'from ._ufuncs import *\n',
    put: 'from . import _ufuncs as _long_ufuncs, _long_arguments\n_long_arguments.install(_long_ufuncs)\nfrom ._ufuncs import *\n',
  },
  // --- pandas 3.0.2: positions of blocks stay intp ---
  {
    file: 'pandas/core/internals/managers.py',
    find: 'np.append(self._blklocs, 0)',
    put: 'np.append(self._blklocs, np.intp(0))',
  },
  {
    file: 'pandas/core/internals/managers.py',
    find: 'np.append(self._blknos, len(self.blocks))',
    put: 'np.append(self._blknos, np.intp(len(self.blocks)))',
  },
];
