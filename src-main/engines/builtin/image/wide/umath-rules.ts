// Rules that make Python's int an int64 in numpy 2.4.3 for WebAssembly, where C's long and intp have 32 bit.
//
// `41 07`, `41 05`, `41 09` push the numbers of C's long (numpy's intp here), int and long long (int64);
// `10 83 04` calls PyArray_DescrFromType. The functions named below are those of numpy's C sources.

import type { WasmRules } from '../wasm-edits.ts';

/** What `int` means: np.array([1]), dtype=int, arange, a ufunc called with Python numbers. */
const DEFAULT_INTEGER: WasmRules['code'] = [
  {
    name: 'type of a Python int that is -1 (discover_descriptor_from_pylong)',
    code: '10 01 45 04 40 [41 07>41 09] 21 00 0c 02 0b 10 19 41 0a 21 00 20 01 10 37',
    times: 1,
  },
  {
    name: 'type of a Python int (discover_descriptor_from_pylong)',
    code: '[41 07>41 09] 41 09 20 02 42 80 80 80 80 08 7c 42 80 80 80 80 10 54 1b 21 00 0b 20 00 10 83 04 0b',
    times: 1,
  },
  {
    name: 'default descriptor of int (int_default_descriptor)',
    code: '00 [41 07>41 09] 10 83 04 0b',
    times: 1,
    isWhole: true,
  },
  {
    // Global 182 leads to the DType of intp, 179 to that of int64.
    name: 'bool with a Python int (int_common_dtype)',
    code: '41 17 4c 04 40 20 00 0d 01 [23 b6 01>23 b3 01] 28 02 00 22 00',
    times: 1,
  },
  {
    name: 'np.dtype(int) (_convert_from_type)',
    code: '23 0b 20 00 46 04 40 [41 07>41 09] 10 83 04 21 02 0c 03 0b 23 0d 20 00 46',
    times: 1,
  },
  { name: 'arange (PyArray_ArangeObj)', code: '36 02 00 0c 01 0b 20 00 [41 07>41 09] 10 83 04', times: 1 },
  {
    name: 'sum of bool and int8: integers of less than eight bytes grow (reducelike_promote_and_resolve)',
    code: '10 dc 01 0d 02 0b [41 07>41 09] 21 09 02 40 20 0a 45 0d 00 20 0b 28 02 20 [41 03>41 07] 4b 04 40',
    times: 1,
  },
  {
    name: 'ufunc of Python ints, stored as 64 bit (try_trivial_scalar_call)',
    code: '20 05 20 06 [36 02 c0 10 41 07>ac 37 03 c0 10 41 09] 10 83 04 21 07 0c 01 0b',
    times: 1,
  },
  {
    name: 'a Python int is the default integer (convert_ufunc_arguments)',
    code: '20 02 28 02 1c 28 02 10 [41 07>41 09] 46 0d 00 20 0b 23 00',
    times: 1,
  },
  {
    name: 'resolve_dtypes with int (py_resolve_dtypes_generic)',
    code: '20 03 6a 41 00 41 00 [41 07>41 09] 10 83 04 41 00 10 cb 1c',
    times: 1,
  },
  {
    name: 'the zero that is like a Python int (npy_static_pydata)',
    code: '41 00 41 00 [41 07>41 09] 10 83 04 41 00 10 c9 1c 22 00 36 02 20',
    times: 1,
  },
];

/** Index arguments that were cast safely only: now same-kind, as np.take does (int64 is accepted, float is not). */
const INDEX_ARGUMENTS: WasmRules['code'] = [
  {
    name: 'put',
    code: '02 40 20 02 41 07 10 83 04 41 00 41 00 [41 81 0a>41 81 8a 80 20] 41 00 10 bd 1c 22 09',
    times: 1,
  },
  {
    name: 'repeat',
    code: '02 40 20 01 41 07 10 83 04 41 00 41 01 [41 81 0a>41 81 8a 80 20] 41 00 10 bd 1c 22 01',
    times: 1,
  },
  {
    name: 'choose',
    code: '20 00 41 07 10 83 04 41 00 41 00 [41 00>41 80 80 80 20] 41 00 10 bd 1c 22 0b',
    times: 1,
  },
  { name: 'sorter of searchsorted', code: '20 01 41 07 10 83 04 [41 80 06>41 80 86 80 20] 10 bf 1c 22 02', times: 1 },
  {
    name: 'indices of reduceat',
    code: '20 01 41 01 41 01 [41 81 0a>41 81 8a 80 20] 41 00 10 bd 1c 22 02 45 0d 02 0b',
    times: 1,
  },
];

/**
 * Indices (intp) keep their 32 bits in arrays, where compiled code wants them, and have 64 bits in what is computed
 * from them: an index that is multiplied or added never wraps, in any package.
 */
const INDEX_RESULTS: WasmRules['code'] = [
  {
    // An array of intp does not count as an array that is taken as it is, so that the next rule's cast takes it.
    name: 'operands of intp are not used as they are (convert_ufunc_arguments)',
    code: `28 02 00 22 02 23 00 41 84 ad 16 6a 10 fc 03 [>
      04 7f 20 02 28 02 1c 28 02 10 41 07 47 05 41 00 0b] 04 40 20 0b 20 0d 6a 22 03`,
    times: 1,
  },
  {
    // PyArray_FromAny(obj, PyArray_Check(obj) ? int64 : NULL, 0, 0, 0, NULL)
    name: 'operands of intp are computed as int64 (convert_ufunc_arguments)',
    code: `20 0b 20 0d 6a 20 02 [41 00>
      20 02 23 00 41 84 ad 16 6a 10 fc 03 04 7f 41 09 10 83 04 05 41 00 0b] 41 00 41 00 41 00 41 00 10 bd 1c 22 01 36 02 00 20 01 45 0d 04`,
    times: 1,
  },
  {
    // if (descr->type_num == NPY_LONG && descr->byteorder != '>') { int64_t wide = *(int32_t *)data;
    //   return PyArray_Scalar(&wide, PyArray_DescrFromType(NPY_LONGLONG), NULL); }
    // The descriptor's reference is not given back: it is static.
    name: 'a single intp is an int64 (PyArray_Scalar)',
    code: `08 7f [>
      20 01 28 02 10 41 07 46 20 01 2d 00 0e 41 3e 47 71 04 40
      23 01 41 10 6b 22 07 24 01 20 07 20 00 34 00 00 37 03 00
      20 07 41 09 10 83 04 41 00 10 b4 22
      20 07 41 10 6a 24 01 0f 0b] 23 01 41 10 6b 22 07 24 01 02 40 20 01 28 02 10 22 06 45 04 40`,
    times: 1,
  },
  {
    // int64_arrtype_new(&PyLongLongArrType_Type, args, kwds)
    name: 'np.intp(5) is an int64 (long_arrtype_new)',
    code: '00 [20 00>23 00 41 c4 c0 15 6a] 20 01 20 02 [41 07>41 09] 41 a8 f8 15 [10 b0 31>10 b1 31] 0b',
    times: 1,
    isWhole: true,
  },
  {
    // dot, inner, vdot, correlate: `select(int64, type, type == intp)`.
    name: 'products of intp are int64 (PyArray_ObjectType)',
    code: '20 01 28 02 10 0b 21 03 20 01 10 a8 04 0b 20 02 41 10 6a 24 01 [>41 09 20 03 20 03 41 07 46 1b 21 03] 20 03 0b',
    times: 1,
  },
];

/**
 * Index arrays of 64 bits become intp before use: a number that does not fit is reported (below) before anything is read,
 * and taking a million values is as fast as with intp.
 * if (type_num == NPY_LONGLONG || type_num == NPY_ULONGLONG) {
 *   narrow = PyArray_FromAny(arr, intp, 0, 0, FORCECAST, NULL); Py_DECREF(arr); if (!narrow) goto failed; arr = narrow; }
 */
const INDEX_ARRAYS: WasmRules['code'] = [
  {
    name: 'index arrays of int64 and uint64 (prepare_index)',
    code: `[>20 02 28 02 1c 28 02 10 41 09 46 20 02 28 02 1c 28 02 10 41 0a 46 72 04 40
      20 02 41 07 10 83 04 41 00 41 00 41 10 41 00 10 bd 1c 21 0a
      20 02 10 a8 04 20 0a 45 0d 07 20 0a 21 02 0b] 20 03 20 0c 41 0c 6c 6a 22 0a 42 ff ff ff ff 8f 02 37 02 04`,
    times: 1,
  },
];

interface Cast {
  readonly name: string;
  /** `number` does not fit: the number itself is on the stack. */
  readonly isTooLarge: string;
  /** Where the message lies in the library's data. */
  readonly message: string;
  /** The function's own code, after its five arguments. */
  readonly own: string;
  /** How far it is from one number to the next. */
  readonly step: string;
}

const CONTIGUOUS = '41 08';
const STRIDED = '20 03 28 02 00';
/** number != (int32_t)number; "Integer %lli is out of bounds for %s" */
const SIGNED = { isTooLarge: '20 08 a7 ac 52', message: '82 8a 01' };
/** number > 2**31 - 1, without a sign; "Integer %llu is out of bounds for %s" */
const UNSIGNED = { isTooLarge: '42 ff ff ff ff 07 56', message: 'dd 89 01' };
const OWN_SIGNED = '41 95 f0 01';
const OWN_UNSIGNED = '41 e7 ef 01 42 80 80 80 80 08';

/** As the compiler made them: contiguous or not, aligned or not. */
const CASTS: readonly Cast[] = [
  { name: 'int64, aligned and contiguous', ...SIGNED, own: `${OWN_SIGNED} 10 ef 30`, step: CONTIGUOUS },
  { name: 'int64, contiguous', ...SIGNED, own: `${OWN_SIGNED} 10 f0 30`, step: CONTIGUOUS },
  { name: 'int64, aligned', ...SIGNED, own: `${OWN_SIGNED} 10 f1 30`, step: STRIDED },
  { name: 'int64', ...SIGNED, own: `${OWN_SIGNED} 10 f2 30`, step: STRIDED },
  { name: 'uint64, aligned and contiguous', ...UNSIGNED, own: `${OWN_UNSIGNED} 10 c1 30`, step: CONTIGUOUS },
  { name: 'uint64, contiguous', ...UNSIGNED, own: `${OWN_UNSIGNED} 10 c2 30`, step: CONTIGUOUS },
  { name: 'uint64, aligned', ...UNSIGNED, own: `${OWN_UNSIGNED} 10 c3 30`, step: STRIDED },
  { name: 'uint64', ...UNSIGNED, own: `${OWN_UNSIGNED} 10 c4 30`, step: STRIDED },
];

/**
 * A number that does not fit an index raises OverflowError instead of wrapping: a[[2**32]], and `index *= 10**9` in place.
 * Before the cast itself, for each number that does not fit: PyErr_Format(PyExc_OverflowError, message, number, "intp"),
 * with the interpreter's lock taken for it; cast; return -1.
 * The cast is made all the same: code that reads its buffer before the error must not find old memory.
 */
const CHECKED_CASTS: WasmRules['code'] = CASTS.map(({ name, isTooLarge, message, own, step }) => ({
  name: `numbers that do not fit an index (cast to intp of ${name})`,
  code: `[00>02 03 7f 01 7e 20 02 28 02 00 21 05 20 01 28 02 00 21 06
    02 40 03 40 20 05 41 00 4c 0d 01 20 06 29 00 00 22 08 ${isTooLarge} 04 40
    23 01 41 10 6b 22 07 24 01 20 07 20 08 37 03 00 20 07 23 00 41 e5 84 04 6a 36 02 08
    10 9b 02 21 05 23 0f 28 02 00 23 00 41 ${message} 6a 20 07 10 0c 1a 20 05 10 9c 02
    20 07 41 10 6a 24 01 20 00 20 01 20 02 20 03 20 04 ${own} 1a 41 7f 0f 0b
    20 06 ${step} 6a 21 06 20 05 41 01 6b 21 05 0c 00 0b 0b] 20 00 20 01 20 02 20 03 20 04 ${own} 0b`,
  times: 1,
  isWhole: true,
}));

/**
 * np.int32 is C's int, no longer C's long: arrays that a user makes as int32 stay apart from indices, and wrap as on
 * other systems.
 */
const INT32_NAMES: WasmRules['code'] = [
  {
    name: 'the name of C int and of C long',
    code: '41 b0 bd 15 6a 23 00 [41 df 84 04>41 f6 bf 05] 6a 36 02 00 23 00 41 80 bf 15 6a 23 00 [41 f6 bf 05>41 df 84 04] 6a 36 02 00',
    times: 1,
  },
];

export const UMATH_RULES: WasmRules = {
  library: 'numpy/_core/_multiarray_umath.cpython-314-wasm32-emscripten.so',
  sha256: '2a275a1a784f811e4332d981fc7903bc2d2a80ddd56c27d97ded26c90a0db4db',
  code: [...DEFAULT_INTEGER, ...INDEX_ARGUMENTS, ...INDEX_RESULTS, ...INDEX_ARRAYS, ...CHECKED_CASTS, ...INT32_NAMES],
  data: [
    {
      // Types 2 to 8 (unsigned byte to unsigned long): long becomes long long.
      name: 'sum of small integers (reducelike_promote_and_resolve)',
      at: 332140,
      find: '08000000 07000000 08000000 07000000 08000000 07000000 08000000',
      put: '0a000000 09000000 0a000000 09000000 0a000000 09000000 0a000000',
    },
    {
      // The signed integers of 1, 2, 4 and 8 bytes.
      name: "the dtype of 'i4' (_convert_from_str)",
      at: 330304,
      find: '01000000 03000000 07000000 09000000',
      put: '01000000 03000000 05000000 09000000',
    },
    {
      name: 'numpy.intc is called numpy.intp',
      at: 66143,
      find: '6e756d70792e696e746300',
      put: '6e756d70792e696e747000',
    },
  ],
};
