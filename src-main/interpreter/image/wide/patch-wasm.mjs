// Edits numpy 2.4.3's _multiarray_umath for wasm32 so that Python's int means int64 and not the 32-bit intp.
// Every rule is a byte pattern (WASM instructions) that must stand exactly `times` times in one code section;
// the whole file is pinned by its SHA-256. A wheel that differs fails the build.
// usage: node patch-wasm.mjs IN.so OUT.so
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

export const NUMPY_SHA256 = '2a275a1a784f811e4332d981fc7903bc2d2a80ddd56c27d97ded26c90a0db4db';
const LONG = '41 07',
  LONGLONG = '41 09',
  FROM_TYPE = '10 83 04'; // i32.const 7 / 9 ; call PyArray_DescrFromType
/** `[x>y]` in a pattern: bytes x are found, y stand there afterwards. The rest is context and stays. */
export const CODE_RULES = [
  // --- what `int` means ---
  // discover_descriptor_from_pylong (abstractdtypes.c): np.array([1]), np.add(list, list), np.full(.., 1)
  {
    name: 'type of a Python int, -1',
    code: '10 01 45 04 40 [41 07>41 09] 21 00 0c 02 0b 10 19 41 0a 21 00 20 01 10 37',
  },
  {
    name: 'type of a Python int',
    code: '[41 07>41 09] 41 09 20 02 42 80 80 80 80 08 7c 42 80 80 80 80 10 54 1b 21 00 0b 20 00 10 83 04 0b',
  },
  // int_default_descriptor: dtype=int in ufuncs (signature), empty
  { name: 'default descriptor of int', code: '00 [41 07>41 09] 10 83 04 0b', whole: true },
  // int_common_dtype: bool with a Python int; `_Intp_dtype` (global 182) becomes `_Int64_dtype` (global 179)
  { name: 'bool and Python int', code: '41 17 4c 04 40 20 00 0d 01 [23 b6 01>23 b3 01] 28 02 00 22 00' },
  // _convert_from_type (descriptor.c): np.dtype(int), dtype=int, astype(int)
  { name: 'np.dtype(int)', code: '23 0b 20 00 46 04 40 [41 07>41 09] 10 83 04 21 02 0c 03 0b 23 0d 20 00 46' },
  // PyArray_ArangeObj (ctors.c)
  { name: 'arange', code: '36 02 00 0c 01 0b 20 00 [41 07>41 09] 10 83 04' },
  // --- sums and products of smaller integers ---
  // reducelike_promote_and_resolve (ufunc_object.c): itemsize > 3 becomes > 7, and the types (table: DATA_RULES)
  {
    name: 'sum of bool and int8',
    code: '10 dc 01 0d 02 0b [41 07>41 09] 21 09 02 40 20 0a 45 0d 00 20 0b 28 02 20 [41 03>41 07] 4b 04 40',
  },
  // --- ufuncs called with Python ints ---
  // try_trivial_scalar_call (ufunc_object.c): stores the int as 64 bit
  {
    name: 'ufunc of Python ints',
    code: '20 05 20 06 [36 02 c0 10 41 07>ac 37 03 c0 10 41 09] 10 83 04 21 07 0c 01 0b',
  },
  // convert_ufunc_arguments: `PyArray_TYPE(out_op[i]) != NPY_LONG`
  { name: 'Python int is the default integer', code: '20 02 28 02 1c 28 02 10 [41 07>41 09] 46 0d 00 20 0b 23 00' },
  // py_resolve_dtypes_generic
  { name: 'resolve_dtypes with int', code: '20 03 6a 41 00 41 00 [41 07>41 09] 10 83 04 41 00 10 cb 1c' },
  // npy_static_pydata.zero_pyint_like_arr
  { name: 'the zero like a Python int', code: '41 00 41 00 [41 07>41 09] 10 83 04 41 00 10 c9 1c 22 00 36 02 20' },
  // --- index arguments that were cast safely only: now same-kind, as np.take always did (int64 is accepted, float is not) ---
  { name: 'put', code: '02 40 20 02 41 07 10 83 04 41 00 41 00 [41 81 0a>41 81 8a 80 20] 41 00 10 bd 1c 22 09' },
  { name: 'repeat', code: '02 40 20 01 41 07 10 83 04 41 00 41 01 [41 81 0a>41 81 8a 80 20] 41 00 10 bd 1c 22 01' },
  { name: 'choose', code: '20 00 41 07 10 83 04 41 00 41 00 [41 00>41 80 80 80 20] 41 00 10 bd 1c 22 0b' },
  { name: 'sorter of searchsorted', code: '20 01 41 07 10 83 04 [41 80 06>41 80 86 80 20] 10 bf 1c 22 02' },
  { name: 'indices of reduceat', code: '20 01 41 01 41 01 [41 81 0a>41 81 8a 80 20] 41 00 10 bd 1c 22 02 45 0d 02 0b' },
];
/** switch table of reducelike_promote_and_resolve for types 2..8 (UBYTE..ULONG): LONG/ULONG become LONGLONG/ULONGLONG. */
export const DATA_RULES = [
  { name: 'sum of small integers', at: 332140, find: [8, 7, 8, 7, 8, 7, 8], put: [10, 9, 10, 9, 10, 9, 10] },
];

const bytesOf = (hex) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
function parse(rule) {
  const find = [],
    put = [];
  for (const part of rule.code.split(/(\[[^\]]*\])/)) {
    const edit = /^\[(.*)>(.*)\]$/.exec(part);
    find.push(bytesOf(edit ? edit[1] : part));
    put.push(bytesOf(edit ? edit[2] : part));
  }
  return { find: Buffer.concat(find), put: Buffer.concat(put) };
}
function readU(b, at) {
  let v = 0,
    s = 0,
    x;
  do {
    x = b[at++];
    v += (x & 127) * 2 ** s;
    s += 7;
  } while (x & 128);
  return [v, at];
}
function u(v) {
  const o = [];
  do {
    let x = v % 128;
    v = Math.floor(v / 128);
    if (v) x |= 128;
    o.push(x);
  } while (v);
  return Buffer.from(o);
}

export function patch(file, { pin = true } = {}) {
  const sha = createHash('sha256').update(file).digest('hex');
  if (pin && sha !== NUMPY_SHA256)
    throw new Error(`_multiarray_umath is not the one of numpy 2.4.3 that these rules are for: ${sha}`);
  const out = [file.subarray(0, 8)];
  for (let at = 8; at < file.length;) {
    const id = file[at];
    let [size, start] = readU(file, at + 1);
    let body = file.subarray(start, start + size);
    at = start + size;
    if (id === 10) body = patchCode(body);
    if (id === 11) body = patchData(body);
    out.push(Buffer.from([id]), u(body.length), body);
  }
  return Buffer.concat(out);
}
function patchCode(section) {
  let [count, at] = readU(section, 0);
  const bodies = [];
  for (let i = 0; i < count; i++) {
    const [size, start] = readU(section, at);
    bodies.push(section.subarray(start, start + size));
    at = start + size;
  }
  for (const rule of CODE_RULES) {
    const { find, put } = parse(rule);
    const hits = [];
    bodies.forEach((body, i) => {
      if (rule.whole) {
        if (body.equals(find)) hits.push([i, 0]);
        return;
      }
      for (let p = body.indexOf(find); p >= 0; p = body.indexOf(find, p + 1)) hits.push([i, p]);
    });
    if (hits.length !== (rule.times ?? 1))
      throw new Error(`numpy: the rule "${rule.name}" found ${hits.length} places, not ${rule.times ?? 1}`);
    for (const [i, p] of hits)
      bodies[i] = Buffer.concat([bodies[i].subarray(0, p), put, bodies[i].subarray(p + find.length)]);
  }
  return Buffer.concat([u(count), ...bodies.flatMap((body) => [u(body.length), body])]);
}
function patchData(section) {
  const copy = Buffer.from(section); // one segment: flags 0, global.get __memory_base, end, size
  let [n, at] = readU(copy, 0);
  if (n !== 1 || copy.subarray(at, at + 4).toString('hex') !== '0023000b')
    throw new Error('numpy: unexpected data section');
  const [, start] = readU(copy, at + 4);
  for (const rule of DATA_RULES)
    rule.find.forEach((value, k) => {
      const p = start + rule.at + 4 * k;
      if (copy.readInt32LE(p) !== value) throw new Error(`numpy: the rule "${rule.name}" finds ${copy.readInt32LE(p)}`);
      copy.writeInt32LE(rule.put[k], p);
    });
  return copy;
}
