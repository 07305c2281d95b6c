import { describe, expect, it } from 'vitest';

import { SITE_PACKAGES } from '../../../../src-main/engines/builtin/image/site-packages.ts';
import { withWideIntegers } from '../../../../src-main/engines/builtin/image/wide-integers.ts';

const file = (name: string): { path: string; bytes: Buffer } => ({
  path: `${SITE_PACKAGES}/${name}`,
  bytes: Buffer.from('# another version\n'),
});

describe('packages that are made to count in 64 bit', () => {
  it('are left as they are where numpy is not among them', () => {
    const files = [file('pandas/__init__.py'), file('regex/__init__.py')];
    expect(withWideIntegers(files)).toEqual(files);
  });

  it('fail where numpy is not the version that the rules are for', () => {
    expect(() => withWideIntegers([file('numpy/__init__.py')])).toThrow('_multiarray_umath');
    const library = 'numpy/_core/_multiarray_umath.cpython-314-wasm32-emscripten.so';
    expect(() => withWideIntegers([file('numpy/__init__.py'), file(library)])).toThrow('has the SHA-256');
  });
});
