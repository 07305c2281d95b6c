// Reads a wheel's licence from its METADATA, as an SPDX expression. Pure.

/** Names of licences in older metadata. Ambiguous names, such as "BSD License", are left out. */
const IN_WORDS: Readonly<Record<string, string>> = {
  '3-Clause BSD License': 'BSD-3-Clause',
  'Apache License, Version 2.0': 'Apache-2.0',
  'Apache 2.0': 'Apache-2.0',
  'BSD 3-Clause License': 'BSD-3-Clause',
  'ISC License': 'ISC',
  'MIT License': 'MIT',
  'Mozilla Public License Version 2.0': 'MPL-2.0',
  'License :: OSI Approved :: Apache Software License': 'Apache-2.0',
  'License :: OSI Approved :: ISC License (ISCL)': 'ISC',
  'License :: OSI Approved :: MIT License': 'MIT',
  'License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)': 'MPL-2.0',
};

/** Names without a space in the old field that are SPDX's own. */
const EXPRESSION = /^[A-Za-z0-9.+-]+(?: (?:AND|OR) [A-Za-z0-9.+-]+)*$/;

/** Values of a header, such as `License-File`; continued lines are joined. */
export function headersOf(metadata: string, name: string): readonly string[] {
  const head = metadata
    .replaceAll('\r\n', '\n')
    .split('\n\n', 1)[0]!
    .replaceAll(/\n[ \t]+/g, ' ');
  return head
    .split('\n')
    .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    .map((line) => line.slice(name.length + 1).trim());
}

/** @returns null when the metadata gives no clear licence */
export function licenceIn(metadata: string): string | null {
  const [expression] = headersOf(metadata, 'License-Expression');
  if (expression !== undefined) return expression;
  const [old] = headersOf(metadata, 'License');
  if (old !== undefined && old in IN_WORDS) return IN_WORDS[old]!;
  if (old !== undefined && EXPRESSION.test(old) && old !== 'BSD') return old;
  const classifiers = headersOf(metadata, 'Classifier').filter((one) => one.startsWith('License :: '));
  return classifiers.length === 1 ? (IN_WORDS[classifiers[0]!] ?? null) : null;
}
