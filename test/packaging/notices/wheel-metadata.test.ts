// What wheels say of their licence, in the ways in which they say it.

import { describe, expect, it } from 'vitest';
import { headersOf, licenceIn } from '../../../packaging/notices/wheel-metadata.ts';

const metadata = (...lines: readonly string[]): string =>
  ['Metadata-Version: 2.1', 'Name: thing', ...lines, '', 'License: in the description'].join('\n');

describe('the licence in METADATA', () => {
  it('is the expression, where there is one', () => {
    expect(licenceIn(metadata('License: MIT', 'License-Expression: Apache-2.0 OR BSD-2-Clause'))).toBe(
      'Apache-2.0 OR BSD-2-Clause',
    );
  });

  it('is what older metadata says in words that mean one licence', () => {
    expect(licenceIn(metadata('License: MIT License'))).toBe('MIT');
    expect(licenceIn(metadata('License: MPL-2.0'))).toBe('MPL-2.0');
    expect(licenceIn(metadata('Classifier: License :: OSI Approved :: MIT License'))).toBe('MIT');
  });

  it('is unknown where words mean several licences, or a text stands in the place of a name', () => {
    expect(licenceIn(metadata('License: Dual License'))).toBeNull();
    expect(licenceIn(metadata('License: BSD'))).toBeNull();
    expect(licenceIn(metadata('Classifier: License :: OSI Approved :: BSD License'))).toBeNull();
    expect(
      licenceIn(
        metadata(
          'License: MIT License or another',
          'Classifier: License :: OSI Approved :: MIT License',
          'Classifier: License :: OSI Approved :: Academic Free License (AFL)',
        ),
      ),
    ).toBeNull();
    expect(licenceIn(metadata('License: Copyright (c) 2015', '        All rights reserved.'))).toBeNull();
  });

  it('is not looked for in the description', () => {
    expect(licenceIn(metadata())).toBeNull();
    expect(headersOf(metadata('License-File: A', 'License-File: B/C'), 'license-file')).toEqual(['A', 'B/C']);
  });
});
