// Which licences may be distributed with the product, and why. Judges licence expressions. Pure.

import parse from 'spdx-expression-parse';
import type { Component } from './component.ts';

/** Licences that are not listed are refused: AGPL, GPL, SSPL, BUSL and licences that nobody has read yet. */
const ACCEPTED: Readonly<Record<string, string>> = {
  '0BSD': 'no conditions',
  'Apache-2.0': 'text and NOTICE are passed on',
  'BlueOak-1.0.0': 'text or link is passed on',
  'BSD-2-Clause': 'text is passed on',
  'BSD-3-Clause': 'text is passed on; no names of authors in advertising',
  'BSL-1.0': 'no conditions for compiled code (Boost)',
  blessing: 'public domain (SQLite)',
  'bzip2-1.0.6': 'text is passed on',
  'CC0-1.0': 'public domain',
  'CNRI-Python': 'text is passed on (parts of regex that come from CPython)',
  FTL: 'FreeType is acknowledged in the notices',
  IJG: 'the Independent JPEG Group is acknowledged in the notices',
  ISC: 'text is passed on',
  'LicenseRef-f2c': 'its notice is passed on (libf2c)',
  'LicenseRef-AGG-2.4': 'its notice is passed on (Anti-Grain Geometry 2.4)',
  libtiff: 'text is passed on',
  MIT: 'text is passed on',
  'MIT-CMU': 'text is passed on (Pillow)',
  'MPL-2.0':
    'copyleft for its own files only: unchanged, or changed by rules that are in our sources; the text says where sources are',
  NCSA: 'text is passed on (LLVM)',
  'PSF-2.0': 'text is passed on, with a summary of what was changed in Python',
  'Python-2.0': 'text is passed on',
  Qhull: 'text is passed on',
  Zlib: 'text is passed on',
};

/** A licence with an exception is accepted as this pair only. */
const ACCEPTED_EXCEPTIONS: Readonly<Record<string, string>> = {
  'Apache-2.0 WITH LLVM-exception': 'compiled into WebAssembly; the exception asks for nothing',
};

/** @returns why it may not be distributed; null: it may */
export function faultOfLicence(expression: string): string | null {
  let tree: parse.Info;
  try {
    tree = parse(expression);
  } catch {
    return `"${expression}" is not an SPDX expression`;
  }
  return faultOfTree(tree);
}

function faultOfTree(tree: parse.Info): string | null {
  if ('conjunction' in tree) {
    const [left, right] = [faultOfTree(tree.left), faultOfTree(tree.right)];
    if (tree.conjunction === 'and') return left ?? right;
    // One of them may be chosen.
    return left === null || right === null ? null : left;
  }
  const name = tree.exception === undefined ? tree.license : `${tree.license} WITH ${tree.exception}`;
  const table = tree.exception === undefined ? ACCEPTED : ACCEPTED_EXCEPTIONS;
  return name in table && tree.plus !== true
    ? null
    : `${name}${tree.plus ? '+' : ''} is not among the accepted licences`;
}

/** The faults that stop components from being distributed, one line each. */
export function faultsOf(components: readonly Component[]): readonly string[] {
  return components.flatMap(({ name, version, licence, texts }) => {
    const what = `${name} ${version}`;
    if (licence === null) return [`${what}: its licence is not known`];
    const fault = faultOfLicence(licence);
    if (fault !== null) return [`${what}: ${fault}`];
    return texts.some(({ text }) => text.trim() !== '') ? [] : [`${what}: the text of its licence is missing`];
  });
}
