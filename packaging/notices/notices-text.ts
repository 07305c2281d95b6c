// Makes the text of THIRD-PARTY-NOTICES.txt: every component with its licence, for people to read. Pure.

import { inOrder } from './component.ts';
import type { Component } from './component.ts';

const WIDE = '='.repeat(80);
const THIN = '-'.repeat(80);

/** @param product name and version of the product */
export function noticesText(product: string, components: readonly Component[]): string {
  const sorted = inOrder(components);
  const intro = [
    `Licences of what ${product} brings with it`,
    '',
    `${product} itself is under the MIT licence. It brings ${sorted.length} packages and libraries of others. Each is listed`,
    'below with its version, its licence, where it is used, and the text of the licence.',
    '',
    'Electron brings Chromium and Node.js. Their licences are in LICENSES.chromium.html, which lies beside the program (on',
    'macOS in its Resources folder).',
  ];
  const list = sorted.map(({ name, version, licence }) => `${titleOf(name, version)}: ${licence ?? 'unknown'}`);
  return [...intro, '', WIDE, ...list, '', ...sorted.map(partOf)].join('\n');
}

function partOf({ name, version, licence, place, note, texts }: Component): string {
  const head = [WIDE, titleOf(name, version), `Licence: ${licence ?? 'unknown'}`, `Used in: ${place}`];
  const told = note === null ? [] : ['', note];
  const read = texts.flatMap(({ file, text }) => [THIN, file, '', text.replaceAll('\r\n', '\n').trim(), '']);
  return [...head, ...told, ...read].join('\n');
}

/** For some libraries it is unknown which version was compiled in. */
function titleOf(name: string, version: string): string {
  return version === '*' ? name : `${name} ${version}`;
}
