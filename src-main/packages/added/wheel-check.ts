// Checks a wheel before anything of it is used: its identity, and that its files stay in their place. Must not unpack
// to disk.
// Threats: a small file that unpacks to gigabytes, names that lead elsewhere, links, files that RECORD does not list,
// modules that hide ours or Python's own.

import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { fromBufferPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { normalName } from '../../../src-shared/package.ts';
import { isImportable, placeInWheel, topOf } from '../../../src-shared/wheel-path.ts';
import { isRefusal, Refusal } from '../../../src-shared/refusal.ts';
import { MOST_METADATA_BYTES } from '../../../src-shared/limits.ts';
import { readRegularFile } from '../../disk/regular-file.ts';
import { wheelNameParts } from './added-set.ts';

export interface WheelFacts {
  readonly name: string;
  readonly version: string;
  /** METADATA as text. */
  readonly metadata: string;
  /** The importable top-level names. */
  readonly modules: readonly string[];
  readonly unpackedBytes: number;
}

/** Of the file itself. */
const MOST_WHEEL_BYTES = 300_000_000;
const MOST_FILES = 20_000;
const MOST_UNPACKED_BYTES = 300_000_000;
const MOST_FILE_BYTES = 150_000_000;
const MOST_RECORD_BYTES = 10_000_000;

/** Ours, and those that Pyodide adds to Python's library: a package must not hide them. */
const RESERVED = new Set([
  'tabpy',
  'tabpy_client',
  'tabpy_tools',
  'tabpy_tray',
  'tabpy_tray_guest',
  'tabpy_script',
  'pyodide',
  '_pyodide',
  '_pyodide_core',
  'pyodide_js',
  'js',
  'sitecustomize',
  'usercustomize',
]);

export interface WheelCheck {
  readonly fileName: string;
  /** Python's own modules (`sys.stdlib_module_names`). */
  readonly standard: ReadonlySet<string>;
}

/** The bytes of a wheel on disk. Rejects with the reason when it cannot be read, such as a pipe in its place. */
export function readWheel(file: string): Promise<Buffer> {
  return readRegularFile(file, MOST_WHEEL_BYTES);
}

/** @throws Refusal `bad-wheel` */
export async function checkWheel(bytes: Buffer, { fileName, standard }: WheelCheck): Promise<WheelFacts> {
  const named = wheelNameParts(fileName);
  if (!named)
    throw new Refusal('bad-wheel', `${fileName} is not the name of a wheel (NAME-VERSION-PYTHON-ABI-PLATFORM.whl).`);
  const zip = await opened(bytes, fileName);
  const entries = await entriesOf(zip, fileName);
  const info = infoFolder(entries, named, fileName);
  const record = recordOf(
    (await contentOf(zip, entries, `${info}/RECORD`, fileName, MOST_RECORD_BYTES)).toString('utf8'),
  );
  const metadata = (await contentOf(zip, entries, `${info}/METADATA`, fileName, MOST_METADATA_BYTES)).toString('utf8');
  const [name, version] = [headerOf(metadata, 'Name'), headerOf(metadata, 'Version')];
  if (normalName(name) !== named.name)
    throw new Refusal(
      'bad-wheel',
      `${fileName} is damaged: its metadata names ${name.slice(0, 100)} ${version.slice(0, 100)}.`,
    );
  let unpackedBytes = 0;
  for (const entry of entries.values()) {
    const content = await read(zip, entry, fileName, MOST_FILE_BYTES);
    unpackedBytes += content.length;
    if (unpackedBytes > MOST_UNPACKED_BYTES) throw tooLarge(fileName);
    checkAgainst(record, entry.fileName, content, { info, fileName });
  }
  const paths = pathsOf(entries.keys(), info, fileName);
  refuseOthers(paths, standard, fileName);
  return { name: named.name, version, metadata, modules: modulesOf(paths), unpackedBytes };
}

/** METADATA of a wheel, without checking the rest. @throws Refusal `bad-wheel` */
export async function metadataIn(bytes: Buffer, fileName: string): Promise<string> {
  const named = wheelNameParts(fileName);
  if (!named) throw new Refusal('bad-wheel', `${fileName} is not the name of a wheel.`);
  const zip = await opened(bytes, fileName);
  const entries = await entriesOf(zip, fileName);
  const info = infoFolder(entries, named, fileName);
  return (await contentOf(zip, entries, `${info}/METADATA`, fileName, MOST_METADATA_BYTES)).toString('utf8');
}

async function opened(bytes: Buffer, fileName: string): Promise<ZipFile> {
  try {
    // It refuses names that lead out of the folder, absolute names and backslashes by itself.
    return await fromBufferPromise(bytes, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true });
  } catch (error) {
    throw new Refusal('bad-wheel', `${fileName} is damaged: ${(error as Error).message}.`, { cause: error });
  }
}

async function entriesOf(zip: ZipFile, fileName: string): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= MOST_FILES)
        throw new Refusal('bad-wheel', `${fileName} contains more than ${MOST_FILES} files. It is not added.`);
      const name = entry.fileName;
      if (isLink(entry))
        throw new Refusal('bad-wheel', `${fileName} contains a link (${shown(name)}). It is not added.`);
      if (entry.isEncrypted()) throw new Refusal('bad-wheel', `${fileName} is encrypted.`);
      if (name.endsWith('/')) continue;
      if (entries.has(name))
        throw new Refusal('bad-wheel', `${fileName} is damaged: it contains ${shown(name)} twice.`);
      entries.set(name, entry);
    }
  } catch (error) {
    if (isRefusal(error, 'bad-wheel')) throw error;
    throw new Refusal('bad-wheel', `${fileName} is damaged: ${(error as Error).message}.`, { cause: error });
  }
  return entries;
}

/** Made on Unix, and of a kind that is neither a file nor a folder. */
function isLink(entry: Entry): boolean {
  const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
  return entry.versionMadeBy >>> 8 === 3 && kind !== 0 && kind !== 0o100000 && kind !== 0o040000;
}

function infoFolder(entries: ReadonlyMap<string, Entry>, named: { readonly name: string }, fileName: string): string {
  const folders = new Set(
    [...entries.keys()].map((name) => name.split('/', 1)[0]!).filter((one) => one.endsWith('.dist-info')),
  );
  const [info] = folders;
  if (folders.size !== 1 || normalName(info!.slice(0, -'.dist-info'.length).split('-')[0]!) !== named.name)
    throw new Refusal('bad-wheel', `${fileName} is damaged: it has no folder of metadata of its own.`);
  return info!;
}

async function contentOf(
  zip: ZipFile,
  entries: ReadonlyMap<string, Entry>,
  name: string,
  fileName: string,
  most: number,
): Promise<Buffer> {
  const entry = entries.get(name);
  if (!entry) throw new Refusal('bad-wheel', `${fileName} is damaged: it has no ${shown(name)}.`);
  return read(zip, entry, fileName, most);
}

async function read(zip: ZipFile, entry: Entry, fileName: string, most: number): Promise<Buffer> {
  if (entry.uncompressedSize > most) throw tooLarge(fileName);
  const parts: Buffer[] = [];
  try {
    // It fails when more data comes out than the table declares.
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
  } catch (error) {
    throw new Refusal(
      'bad-wheel',
      `${fileName} is damaged: ${shown(entry.fileName)} cannot be unpacked (${(error as Error).message}).`,
      {
        cause: error,
      },
    );
  }
  const content = Buffer.concat(parts);
  if (crc32(content) !== entry.crc32)
    throw new Refusal('bad-wheel', `${fileName} is damaged: ${shown(entry.fileName)} was changed.`);
  return content;
}

const tooLarge = (fileName: string): Refusal =>
  new Refusal('bad-wheel', `${fileName} unpacks to more than ${MOST_UNPACKED_BYTES / 1e6} MB. It is not added.`);

/** RECORD: path, hash, size; a path with a comma stands in quotes. */
function recordOf(text: string): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const found = /^(?:"((?:[^"]|"")*)"|([^",]*)),([^,]*),/.exec(line);
    if (found) known.set((found[1] ?? found[2]!).replaceAll('""', '"'), found[3]!);
  }
  return known;
}

function checkAgainst(
  record: ReadonlyMap<string, string>,
  name: string,
  content: Buffer,
  { info, fileName }: { readonly info: string; readonly fileName: string },
): void {
  if (name === `${info}/RECORD` || /\/RECORD\.(jws|p7s)$/.test(name)) return;
  const hash = record.get(name);
  if (hash === undefined)
    throw new Refusal('bad-wheel', `${fileName} is damaged: its RECORD does not list ${shown(name)}.`);
  const [algorithm, digest] = hash.split('=', 2);
  const isStrong = algorithm === 'sha256' || algorithm === 'sha384' || algorithm === 'sha512';
  if (!isStrong || createHash(algorithm).update(content).digest('base64url') !== digest?.replace(/=+$/, ''))
    throw new Refusal('bad-wheel', `${fileName} is damaged: ${shown(name)} does not match its RECORD.`);
}

/** The places of its files, below site-packages; metadata are left out. @throws Refusal `bad-wheel` */
function pathsOf(names: Iterable<string>, info: string, fileName: string): readonly string[] {
  const paths = new Set<string>();
  for (const name of names) {
    const place = placeInWheel(name, info);
    if (place.kind === 'refused')
      throw new Refusal(
        'bad-wheel',
        `${fileName} contains a file ${shown(name)}, which ${place.why}. It is not added.`,
      );
    if (place.kind === 'elsewhere' || place.path.startsWith(`${info}/`)) continue;
    if (paths.has(place.path))
      throw new Refusal('bad-wheel', `${fileName} is damaged: it contains ${shown(place.path)} twice.`);
    paths.add(place.path);
  }
  return [...paths];
}

/** @throws Refusal `bad-wheel` for modules that would hide ours, Pyodide's or Python's */
function refuseOthers(paths: readonly string[], standard: ReadonlySet<string>, fileName: string): void {
  const ofPython = new Set([...standard].map((name) => name.toLowerCase()));
  for (const path of paths) {
    const top = topOf(path);
    const isOfPython = ofPython.has(top) && isImportable(path);
    // A folder of ours is ours with all its contents.
    const isOurs = RESERVED.has(top) && (path.includes('/') || isImportable(path));
    if (!isOfPython && !isOurs) continue;
    throw new Refusal(
      'bad-wheel',
      `${fileName} contains a module '${top}', which is a part of ${isOfPython ? 'Python itself' : 'TabPy Tray'}. It is not added.`,
    );
  }
}

/** Importable top-level names: `x/…` with Python or a library in it, `x.py`, `x.….so`. */
function modulesOf(paths: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const installed of paths) {
    if (!isImportable(installed)) continue;
    const top = installed.split('/', 1)[0]!.split('.', 1)[0]!;
    if (/^[A-Za-z_]\w*$/.test(top) && top !== 'tests' && top !== 'test') found.add(top);
  }
  return [...found].toSorted();
}

function headerOf(metadata: string, name: string): string {
  return new RegExp(`^${name}:[ \\t]*(.*?)[ \\t]*\\r?$`, 'im').exec(metadata)?.[1] ?? '';
}

/** Text of a stranger in a message. */
function shown(name: string): string {
  return name.length > 120 ? `${name.slice(0, 120)}…` : name;
}
