// What is refused of a wheel before anything of it is used.

import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src-shared/refusal.ts';
import { checkWheel, metadataIn } from '../../../src-main/packages/added/wheel-check.ts';
import { tinyWheel } from '../support/tiny-wheels.ts';
import type { WheelWish } from '../support/tiny-wheels.ts';
import { zipOf } from '../support/wheels.ts';

const standard = new Set(['json', 'dataclasses']);
const check = (name: string, wish: WheelWish = {}) => {
  const { bytes, fileName } = tinyWheel(name, wish);
  return checkWheel(bytes, { fileName, standard });
};

/** Where the central directory of the only entry of this name begins. */
function directoryAt(zip: Buffer, name: string): number {
  return zip.lastIndexOf(Buffer.from(name)) - 46;
}

describe('a wheel', () => {
  it('is known by its metadata and by what can be imported', async () => {
    const files = {
      'seaglass/__init__.py': '',
      'seaglass/data.txt': '',
      'single.py': '',
      '_fast.cpython-314-wasm32-emscripten.so': '',
      'seaglass-2.1.data/purelib/moved.py': '',
      'seaglass-2.1.data/scripts/tool.py': '',
      'docs/readme.txt': '',
      'tests/test_it.py': '',
    };
    expect(await check('seaglass', { version: '2.1', files, requires: ['numpy>=2'] })).toMatchObject({
      name: 'seaglass',
      version: '2.1',
      modules: ['_fast', 'moved', 'seaglass', 'single'],
      metadata: expect.stringContaining('Requires-Dist: numpy>=2'),
    });
  });

  it.each([
    ['json.py', "contains a module 'json', which is a part of Python itself"],
    ['dataclasses/__init__.py', "contains a module 'dataclasses', which is a part of Python itself"],
    ['tabpy/__init__.py', "contains a module 'tabpy', which is a part of TabPy Tray"],
    ['tabpy_tray/errors.py', "contains a module 'tabpy_tray', which is a part of TabPy Tray"],
    ['sitecustomize.py', "contains a module 'sitecustomize', which is a part of TabPy Tray"],
    ['pyodide/ffi.py', "contains a module 'pyodide', which is a part of TabPy Tray"],
  ])('is refused when it brings %s', async (file, why) => {
    await expect(check('intruder', { files: { [file]: '' } })).rejects.toThrow(why);
  });

  it.each([
    ['ours in its own data', 'intruder-1.0.data/purelib/tabpy_tray/zzz.py'],
    ['ours in the data of another package', 'other-1.0.data/purelib/tabpy_tray/zzz.py'],
    ['ours in data without a version', 'x.data/platlib/js.py'],
    ['ours in data of another case', 'Intruder-1.0.DATA/purelib/tabpy_tray/zzz.py'],
    ['ours in data inside data', 'intruder-1.0.data/purelib/intruder-1.0.data/purelib/tabpy_tray/zzz.py'],
    ['ours behind a dot', './tabpy_tray/zzz.py'],
    ['ours behind a dot in its data', 'intruder-1.0.data/purelib/./tabpy_tray/zzz.py'],
    ['ours behind two slashes', 'intruder-1.0.data/purelib//tabpy_tray/zzz.py'],
    ['ours compiled', 'tabpy_tray/zzz.pyc'],
    ['ours native', 'tabpy_tray/zzz.cpython-314-wasm32-emscripten.so'],
    ['data of ours', 'tabpy_tray/table.json'],
    ['ours in capitals', 'TabPy_Tray/zzz.py'],
    ['ours in wide letters', 'ｔａｂｐｙ_tray/zzz.py'],
    ['what Python runs at its start, in data', 'other-1.0.data/platlib/sitecustomize.py'],
    ['what Python runs at its start, compiled', 'sitecustomize.pyc'],
    ['what Python runs at its start, native', 'usercustomize.cpython-314-wasm32-emscripten.so'],
    ['what Python runs at its start, as a folder', 'usercustomize/__init__.py'],
    ['what Python runs at its start, in capitals', 'SiteCustomize.py'],
    ['a part of Python in its own data', 'intruder-1.0.data/purelib/json.py'],
    ['a part of Python in the data of another package', 'other-1.0.data/purelib/json.py'],
    ['a part of Python compiled', 'json.pyc'],
    ['a part of Python compiled, as a folder', 'json/__init__.pyc'],
    ['a part of Python in capitals', 'JSON.py'],
    ['data of no known kind', 'intruder-1.0.data/elsewhere/x.py'],
    ['metadata by way of data', 'intruder-1.0.data/purelib/numpy-9.9.dist-info/METADATA'],
    ['a name with a NUL', 'intruder/a\0b.py'],
    ['a name that turns round', 'intruder/a\u202Eyp.py'],
    ['a name with a drive', 'intruder/c:x.py'],
    ['a name that is too long', `intruder/${'n'.repeat(300)}.py`],
    ['a folder that ends with a dot', 'intruder./x.py'],
    ['one file in two ways', 'intruder-1.0.data/purelib/intruder.py'],
  ])('is refused when it brings %s', async (_what, file) => {
    const files = { 'intruder.py': 'x = 1\n', [file]: 'x = 2\n' };
    await expect(check('intruder', { files })).rejects.toThrow(Refusal);
  });

  it('may bring scripts and data, which go nowhere, and folders that are no modules', async () => {
    const files = {
      'quiet.py': '',
      'quiet-1.0.data/scripts/json.py': '',
      'quiet-1.0.data/data/share/tabpy_tray/x.py': '',
      'json/schema.txt': '',
      'email.txt': '',
      'distutils-precedence.pth': 'import os',
    };
    expect((await check('quiet', { files })).modules).toEqual(['quiet']);
  });

  it.each(['../outside.py', '/etc/passwd', 'a/../../b.py', 'c:\\x.py', 'a\\b.py'])(
    'is refused when a file leads to %s',
    async (file) => {
      await expect(check('intruder', { files: { [file]: '' } })).rejects.toThrow(Refusal);
    },
  );

  it('is refused when it holds a link', async () => {
    const { bytes, fileName } = tinyWheel('linked');
    const at = directoryAt(bytes, 'linked.py');
    bytes.writeUInt16LE((3 << 8) | 20, at + 4);
    bytes.writeUInt32LE((0o120777 << 16) >>> 0, at + 38);
    await expect(checkWheel(bytes, { fileName, standard })).rejects.toThrow('contains a link (linked.py)');
  });

  it('is refused when RECORD does not know a file, or knows another', async () => {
    await expect(check('unknown', { unrecorded: { 'unknown/extra.py': '' } })).rejects.toThrow(
      'its RECORD does not list unknown/extra.py',
    );
    const { bytes, fileName } = tinyWheel('changed', { files: { 'changed.py': 'value = 1' } });
    const other = tinyWheel('changed', { files: { 'changed.py': 'value = 2' } }).bytes;
    // The content of one with the RECORD of the other: the zip is whole, only RECORD tells.
    const at = other.indexOf('changed-1.0.dist-info/RECORD');
    const mixed = Buffer.concat([bytes.subarray(0, at), other.subarray(at)]);
    await expect(checkWheel(mixed, { fileName, standard })).rejects.toThrow(Refusal);
  });

  it('is refused when it unpacks to more than its table says', async () => {
    const { bytes, fileName } = tinyWheel('bomb', { files: { 'bomb.py': 'x = 1\n'.repeat(100) } });
    const at = directoryAt(bytes, 'bomb.py');
    bytes.writeUInt32LE(0xf0_00_00_00, at + 24);
    await expect(checkWheel(bytes, { fileName, standard })).rejects.toThrow(Refusal);
  });

  it('is refused when it holds one file twice, has no metadata of its own, or is no archive', async () => {
    const { bytes, fileName } = tinyWheel('twice', { files: { 'twice.py': '', 'twicf.py': '' } });
    const doubled = Buffer.from(bytes.toString('latin1').replaceAll('twicf.py', 'twice.py'), 'latin1');
    await expect(checkWheel(doubled, { fileName, standard })).rejects.toThrow('it contains twice.py twice');
    const bare = zipOf({ 'bare.py': Buffer.from('') });
    await expect(checkWheel(bare, { fileName: 'bare-1.0-py3-none-any.whl', standard })).rejects.toThrow(
      'it has no folder of metadata of its own',
    );
    await expect(
      checkWheel(Buffer.from('<html>'), { fileName: 'bare-1.0-py3-none-any.whl', standard }),
    ).rejects.toThrow(Refusal);
  });

  it('is refused under the name of another package, or under none', async () => {
    const { bytes } = tinyWheel('honest');
    await expect(checkWheel(bytes, { fileName: 'numpy-9.9-py3-none-any.whl', standard })).rejects.toThrow(Refusal);
    await expect(checkWheel(bytes, { fileName: 'honest.whl', standard })).rejects.toThrow('not the name of a wheel');
  });

  it('gives its metadata without a look at the rest', async () => {
    const { bytes, fileName, metadata } = tinyWheel('honest', { unrecorded: { 'extra.py': '' } });
    expect(await metadataIn(bytes, fileName)).toBe(metadata);
  });
});
