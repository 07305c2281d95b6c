// Which licences may be passed on.

import { describe, expect, it } from 'vitest';
import type { Component } from '../../../packaging/notices/component.ts';
import { faultOfLicence, faultsOf } from '../../../packaging/notices/licence-policy.ts';

const component = (changes: Partial<Component>): Component => ({
  name: 'thing',
  version: '1.0',
  licence: 'MIT',
  texts: [{ file: 'LICENSE', text: 'Permission is hereby granted' }],
  note: null,
  purl: 'pkg:npm/thing@1.0',
  hash: null,
  place: 'the program',
  ...changes,
});

describe('the licence policy', () => {
  it.each(['MIT', '(MIT OR CC0-1.0)', 'BSD-3-Clause AND Zlib', 'Apache-2.0 WITH LLVM-exception'])(
    'lets %s be passed on',
    (expression) => {
      expect(faultOfLicence(expression)).toBeNull();
    },
  );

  it.each([
    'AGPL-3.0-only',
    'GPL-3.0-or-later',
    'GPL-2.0-only WITH Classpath-exception-2.0',
    'LGPL-2.1-only',
    'SSPL-1.0',
    'BUSL-1.1',
    'CC-BY-NC-4.0',
    'LicenseRef-Ours',
  ])('refuses %s', (expression) => {
    expect(faultOfLicence(expression)).toContain('is not among the accepted licences');
  });

  it('takes the accepted one of two to choose from, and asks for both where both apply', () => {
    expect(faultOfLicence('GPL-2.0-only OR MIT')).toBeNull();
    expect(faultOfLicence('MIT OR AGPL-3.0-only')).toBeNull();
    expect(faultOfLicence('MIT AND AGPL-3.0-only')).toContain('AGPL-3.0-only');
    expect(faultOfLicence('AGPL-3.0-only AND MIT')).toContain('AGPL-3.0-only');
  });

  it('does not take an accepted licence for the same one with an exception, nor the other way round', () => {
    expect(faultOfLicence('MIT WITH LLVM-exception')).not.toBeNull();
    expect(faultOfLicence('GPL-3.0-only WITH LLVM-exception')).not.toBeNull();
  });

  it.each(['UNLICENSED', 'SEE LICENSE IN LICENSE.md', 'BSD', ''])(
    'refuses "%s", which is no SPDX expression',
    (text) => {
      expect(faultOfLicence(text)).not.toBeNull();
    },
  );

  it('names each component whose licence is unknown, refused or without a text', () => {
    const faults = faultsOf([
      component({}),
      component({ name: 'nameless', licence: null }),
      component({ name: 'strict', licence: 'AGPL-3.0-only' }),
      component({ name: 'silent', texts: [] }),
      component({ name: 'empty', texts: [{ file: 'LICENSE', text: ' \n' }] }),
    ]);
    expect(faults).toEqual([
      'nameless 1.0: its licence is not known',
      'strict 1.0: AGPL-3.0-only is not among the accepted licences',
      'silent 1.0: the text of its licence is missing',
      'empty 1.0: the text of its licence is missing',
    ]);
  });
});
