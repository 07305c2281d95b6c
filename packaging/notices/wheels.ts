// Lists the Python packages in the image, from the wheels' own metadata and licence files.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { PackageURL } from 'packageurl-js';
import { openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import type { WantedFile } from '../../src-main/packages/store/package-list.ts';
import type { Component, LicenceText } from './component.ts';
import { textsNamed } from './npm-packages.ts';
import { OVERRIDES } from './overrides.ts';
import { headersOf, licenceIn } from './wheel-metadata.ts';

/** @throws Error with the wheels that are not in the folder; optional ones may be missing */
export async function wheelComponents(
  wanted: readonly WantedFile[],
  folder: string,
  place: string,
): Promise<readonly Component[]> {
  const isThere = ({ fileName }: WantedFile): boolean => existsSync(path.join(folder, fileName));
  const missing = wanted.filter((file) => file.need !== 'optional' && !isThere(file));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name).join(', ');
    throw new Error(`These Python packages are not in ${folder}: ${names}. Run npm run cli -- prepare.`);
  }
  return Promise.all(wanted.filter(isThere).map((file) => wheelComponent(file, folder, place)));
}

async function wheelComponent(file: WantedFile, folder: string, place: string): Promise<Component> {
  const zip = await openPromise(path.join(folder, file.fileName), { lazyEntries: true, autoClose: false });
  try {
    const entries: Entry[] = [];
    for await (const entry of zip.eachEntry()) entries.push(entry);
    const info = entries.find(({ fileName }) => /^[^/]+\.dist-info\/METADATA$/.test(fileName));
    if (!info) throw new Error(`${file.fileName} has no METADATA.`);
    const metadata = await textOf(zip, info);
    const override = OVERRIDES[`pypi/${file.name}`];
    return {
      name: headersOf(metadata, 'Name')[0] ?? file.name,
      version: file.version,
      licence: override?.licence ?? licenceIn(metadata),
      texts: [...(await textsOf(zip, entries, metadata)), ...textsNamed(override?.texts ?? [])],
      note: override?.note ?? null,
      purl: new PackageURL('pypi', undefined, file.name, file.version, undefined, undefined).toString(),
      hash: { algorithm: 'SHA-256', hex: file.sha256 },
      place,
    };
  } finally {
    zip.close();
  }
}

const LICENCE_FILE = /(?:^|\/)(?:licen[cs]e|copying|copyright|notice|unlicense)[^/]*$/i;
const CODE = /\.(?:py|pyi|so|json|html)$/i;

/** Each text once: wheels repeat those of their parts. */
async function textsOf(zip: ZipFile, entries: readonly Entry[], metadata: string): Promise<readonly LicenceText[]> {
  const named = headersOf(metadata, 'License-File');
  const isLicence = ({ fileName }: Entry): boolean => {
    if (fileName.endsWith('/') || CODE.test(fileName)) return false;
    return LICENCE_FILE.test(fileName) || named.some((one) => fileName.endsWith(`.dist-info/licenses/${one}`));
  };
  const texts = new Map<string, LicenceText>();
  for (const entry of entries.filter(isLicence)) {
    const text = await textOf(zip, entry);
    if (!texts.has(text)) texts.set(text, { file: entry.fileName, text });
  }
  return [...texts.values()].toSorted((one, other) => (one.file < other.file ? -1 : 1));
}

async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
