// Edits of Python files for 64-bit whole numbers: numpy 2.4.3, and what SciPy 1.18.0 and pandas 3.0.2 assume of intp.

import type { TextRule } from '../text-edits.ts';

const BINCOUNT = '@array_function_from_c_func_and_dispatcher(_multiarray_umath.bincount)\n';

export const TEXT_RULES: readonly TextRule[] = [
  {
    file: 'numpy/_core/_type_aliases.py',
    sha256: 'a4d4a14f10ba6af2c1d912fbf8f38eb69150469e773bee5480e4f1962cf58296',
    edits: [
      // np.int_, np.uint, np.dtype('int'), and no dtype in a repr.
      { find: '"int_": "intp",', put: '"int_": "int64",', times: 1 },
      { find: '"uint": "uintp",', put: '"uint": "uint64",', times: 1 },
      // np.int32 is C's int: see umath-rules.ts.
      {
        find: '_aliases = {\n    "double"',
        put: 'for k in ("int32", "intc"):\n    sctypeDict[k] = allTypes[k] = typeinfo["NPY_INT"].type\n\n_aliases = {\n    "double"',
        times: 1,
      },
    ],
  },
  {
    file: 'numpy/_core/numeric.py',
    sha256: 'd75e4d3072e59b477cad20f088d964f6b41c840e7304d3f76fe9f6832d760a9f',
    edits: [
      {
        find: 'return multiarray.count_nonzero(a)',
        put: 'return np.int64(multiarray.count_nonzero(a))',
        times: 1,
      },
      {
        find: 'return a_bool.sum(axis=axis, dtype=np.intp, keepdims=keepdims)',
        put: 'return a_bool.sum(axis=axis, dtype=np.int64, keepdims=keepdims)',
        times: 1,
      },
    ],
  },
  {
    file: 'numpy/_core/multiarray.py',
    sha256: 'ae9b35e60d0150e2ade05d45c1a31dbfeee627dbe668b2b7a1bfc2e3fe53f77f',
    edits: [
      {
        find: BINCOUNT,
        put: [
          'def _wide_bincount(*args, **kwargs):',
          '    counts = _multiarray_umath.bincount(*args, **kwargs)',
          "    return counts.astype('int64') if counts.dtype.kind == 'i' else counts",
          '',
          '',
          BINCOUNT.replace('_multiarray_umath.bincount', '_wide_bincount'),
        ].join('\n'),
        times: 1,
      },
    ],
  },
  {
    // Sums over indices (intp) have 64 bit, as those of ufuncs: see umath-rules.ts.
    file: 'numpy/_core/einsumfunc.py',
    sha256: 'c9057ea190b198927e25283cbc9f061b0aaa103d4f31f25fe526e16b8823f413',
    edits: [
      {
        find: 'from numpy._core.multiarray import c_einsum, matmul\n',
        put: 'from numpy._core.multiarray import c_einsum as _narrow_einsum, matmul\n',
        times: 1,
      },
      {
        find: "__all__ = ['einsum', 'einsum_path']\n",
        put: [
          "__all__ = ['einsum', 'einsum_path']",
          '',
          '',
          'def c_einsum(*operands, **kwargs):',
          "    is_index = [getattr(getattr(operand, 'dtype', None), 'char', None) == 'l' for operand in operands]",
          "    wide = [op.astype('q') if narrow else op for op, narrow in zip(operands, is_index)]",
          '    return _narrow_einsum(*wide, **kwargs)',
          '',
        ].join('\n'),
        times: 1,
      },
    ],
  },
  {
    file: 'numpy/lib/_histograms_impl.py',
    sha256: '52dbbb68041ced9a6c1e7ff4e288149d9ab565c7477e2a5cabd791abcd7ba155',
    edits: [{ find: 'ntype = np.dtype(np.intp)', put: 'ntype = np.dtype(np.int64)', times: 1 }],
  },
  {
    file: 'numpy/random/__init__.py',
    sha256: '585ce7b73b5454d6a25c2a50967f2dc322fc1d214d4bb5c0589949b105e06ea9',
    edits: [
      {
        find: 'from .mtrand import *\n',
        put: 'from .mtrand import *\nfrom ._wide_random import install as _install_wide\n_install_wide(globals())\n',
        times: 1,
      },
    ],
  },
  {
    // The guard is there before any compiled module of another package.
    file: 'numpy/__init__.py',
    sha256: '2e8da3e4385e79c4885b3f7324a8b957e6f01732b239e99e266a12c62a008b8d',
    edits: [
      {
        find: '# Remove symbols imported for internal use\ndel os, sys, warnings\n',
        put: 'from . import _index_guard\n_index_guard.install()\n# Remove symbols imported for internal use\ndel os, sys, warnings\n',
        times: 1,
      },
    ],
  },
  {
    file: 'scipy/signal/_peak_finding.py',
    sha256: '7d654ee88d3dd7becced3cfd614ef84f838ff71320d412727116552ebd112163',
    edits: [
      {
        find: "value = value.astype(np.intp, order='C', casting='safe',",
        put: "value = value.astype(np.intp, order='C', casting='same_kind',",
        times: 1,
      },
    ],
  },
  {
    file: 'scipy/io/_mmio.py',
    sha256: '669c9f7ea0ad1605b15fe36c419ea38ec30772f452b829d72dd50010313ca961',
    edits: [{ find: "can_cast(a.dtype, 'intp')", put: "can_cast(a.dtype, 'int64')", times: 2 }],
  },
  {
    file: 'scipy/special/__init__.py',
    sha256: '2296f9c1b62c5ecd965a8cfaa59709b0a11a9107863f04cd9a1ff09f814b88bd',
    edits: [
      {
        find: 'from ._ufuncs import *\n',
        put: 'from . import _ufuncs as _long_ufuncs, _long_arguments\n_long_arguments.install(_long_ufuncs)\nfrom ._ufuncs import *\n',
        times: 1,
      },
    ],
  },
  // Orders of functions whose only loop over whole numbers takes C's long.
  {
    file: 'scipy/special/_spherical_bessel.py',
    sha256: 'a81d50eb3543c26e1d5b135a4c6ec5d7d0bd5fff54d9b92f14a3a151ce5d71c3',
    edits: [{ find: 'n = np.asarray(n, dtype=np.dtype("long"))', put: 'n = np.asarray(n, dtype=np.int32)', times: 4 }],
  },
  {
    file: 'scipy/special/_lambertw.py',
    sha256: 'fa84849c715059989465731a9b13d68df9ed5aae6db74af31e6235dc3c461c16',
    edits: [{ find: 'k = np.asarray(k, dtype=np.dtype("long"))', put: 'k = np.asarray(k, dtype=np.int32)', times: 1 }],
  },
  {
    file: 'scipy/special/_basic.py',
    sha256: 'd4a366b8a610659b9b6896a2256b5193c8f63853b4625f7a131ea16301b85ca5',
    edits: [{ find: 'dt = np.dtype("long")', put: 'dt = np.int64', times: 1 }],
  },
  {
    file: 'scipy/linalg/_decomp_schur.py',
    sha256: '99f26713fb9b25e5adf7455edabf2ec735bf7c24d0d20fffc12c76267dd29eee',
    edits: [{ find: 'a1 = asarray(a, dtype=np.dtype("long"))', put: 'a1 = asarray(a, dtype=np.int64)', times: 1 }],
  },
  {
    // Positions of blocks stay intp.
    file: 'pandas/core/internals/managers.py',
    sha256: '3481b9157bc8040f44a1b42aa7467d4c4c8595fb180e22c0e905ba75c01a92a4',
    edits: [
      { find: 'np.append(self._blklocs, 0)', put: 'np.append(self._blklocs, np.intp(0))', times: 1 },
      {
        find: 'np.append(self._blknos, len(self.blocks))',
        put: 'np.append(self._blknos, np.intp(len(self.blocks)))',
        times: 1,
      },
    ],
  },
];
