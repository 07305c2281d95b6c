// The export file of functions: a zip with a manifest. Reads and writes it.
// Threat: the file may come from a stranger. It may be a bomb (small, but gigabytes once unpacked), name files outside,
// or not match its own manifest. Nothing of it is written to disk here, and only what its manifest names is unpacked.

import { fromBufferPromise } from 'yauzl';
import type { Entry, ZipFile as ReadZip } from 'yauzl';
import { ZipFile } from 'yazl';
import * as v from 'valibot';
import { parseBounded } from '../../src-shared/bounded-json.ts';
import { cutText } from '../../src-shared/cut-text.ts';
import type { Json } from '../../src-shared/function.ts';
import { FUNCTION_EXAMPLES } from '../../src-shared/function-examples.ts';
import type { FunctionExample } from '../../src-shared/function-examples.ts';
import { isRefusal, Refusal } from '../../src-shared/refusal.ts';
import { sha256 } from './store/files.ts';
import { folderOf, wrongWith } from '../../src-shared/function-name.ts';
import { MOST_JSON_LEVELS } from '../../src-shared/limits.ts';
import { MOST_FUNCTIONS, MOST_PICKLE_BYTES } from './quota.ts';

/** One function in such a file. */
export interface ExportedFunction {
  readonly name: string;
  readonly description: string;
  readonly docstring: string;
  readonly schema: Json;
  readonly isPublic: boolean;
  readonly methods: readonly Json[];
  /** An alias stands for another function and has no files. */
  readonly target: string | null;
  readonly version: number;
  readonly functionName: string | null;
  readonly python: string | null;
  readonly libraries: Readonly<Record<string, string>>;
  readonly source: string | null;
  readonly pickle: Buffer | null;
  /** Saved inputs with the results that they should give. */
  readonly examples: readonly FunctionExample[];
}

/** A function of a checked file: `problem` tells why it cannot be imported. */
export interface FoundExport extends ExportedFunction {
  readonly problem: string | null;
}

const FORMAT = 1;
const MANIFEST = 'manifest.json';
const MOST_MANIFEST_BYTES = 20_000_000;
/** What may be deployed is smaller: a source travels in the head of an answer (messages.ts). */
const MOST_SOURCE_BYTES = 4_000_000;
/** A character has at most six bytes in JSON. */
const MOST_EXAMPLES_BYTES = 8_000_000;
const MOST_BYTES = MOST_PICKLE_BYTES + 20_000_000;
/** A manifest has some twenty values for each function, beside schemas. */
const MANIFEST_BOUNDS = { characters: MOST_MANIFEST_BYTES, items: 1_000_000, levels: MOST_JSON_LEVELS + 10 };
const MOST_TEXT_CHARACTERS = 100_000;
const MOST_NAME_CHARACTERS = 1_000;
const MOST_LISTED = 1_000;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const name = v.pipe(v.string(), v.maxLength(MOST_NAME_CHARACTERS));
const text = v.pipe(v.string(), v.maxLength(MOST_TEXT_CHARACTERS));
const json = v.custom<Json>((value) => isFlatEnough(value, MOST_JSON_LEVELS));
const part = v.nullable(v.object({ file: name, bytes: count, sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)) }));
type Part = v.InferOutput<typeof part>;
const manifest = v.object({
  format: v.literal(FORMAT),
  program: text,
  // The number of functions is checked before any of them.
  functions: v.pipe(
    v.array(v.unknown()),
    v.maxLength(MOST_FUNCTIONS),
    v.array(
      v.object({
        name,
        description: text,
        docstring: text,
        schema: json,
        isPublic: v.boolean(),
        methods: v.pipe(v.array(v.unknown()), v.maxLength(MOST_LISTED), v.array(json)),
        target: v.nullable(name),
        version: count,
        functionName: v.nullable(name),
        python: v.nullable(name),
        libraries: v.pipe(
          v.record(name, name),
          v.check((value) => Object.keys(value).length <= MOST_LISTED),
        ),
        source: part,
        pickle: part,
        // Files of older programs have none.
        examples: v.exactOptional(part),
      }),
    ),
  ),
});
type Manifest = v.InferOutput<typeof manifest>;

/** Makes a file of functions. `program` is the version of the program that makes it. */
export async function exportFile(functions: readonly ExportedFunction[], program: string): Promise<Buffer> {
  const zip = new ZipFile();
  const add = (file: string, bytes: Buffer | null): Part => {
    if (bytes === null) return null;
    zip.addBuffer(bytes, file);
    return { file, bytes: bytes.length, sha256: sha256(bytes) };
  };
  const listed = functions.map(({ source, pickle, examples, ...about }) => {
    const folder = `functions/${folderOf(about.name)}`;
    return {
      ...about,
      methods: [...about.methods],
      libraries: { ...about.libraries },
      source: add(`${folder}/source.py`, source === null ? null : Buffer.from(source)),
      pickle: add(`${folder}/pickle_archive`, pickle),
      ...(examples.length === 0
        ? {}
        : { examples: add(`${folder}/examples.json`, Buffer.from(JSON.stringify(examples))) }),
    };
  });
  const about: Manifest = { format: FORMAT, program, functions: listed };
  zip.addBuffer(Buffer.from(`${JSON.stringify(about, null, 1)}\n`), MANIFEST);
  zip.end();
  return Buffer.concat(await (zip.outputStream as NodeJS.ReadableStream & { toArray(): Promise<Buffer[]> }).toArray());
}

/** Checks a file. @throws Refusal `bad-export` */
export async function readExportFile(archive: Buffer): Promise<readonly FoundExport[]> {
  let zip: ReadZip;
  const entries = new Map<string, Entry>();
  try {
    zip = await fromBufferPromise(archive);
    if (zip.entryCount > MOST_FUNCTIONS * 3 + 1)
      throw new Refusal('bad-export', 'This file is larger than a file of functions can be.');
    for await (const entry of zip.eachEntry()) {
      if (entries.has(entry.fileName)) throw new Refusal('bad-export', `This file contains ${entry.fileName} twice.`);
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    throw asBad(error);
  }
  const { functions } = manifestIn(await unpacked(zip, entries.get(MANIFEST), MOST_MANIFEST_BYTES));
  const names = functions.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Refusal('bad-export', `This file contains the function '${twice}' twice.`);
  const together = functions.reduce(
    (sum, { source, pickle, examples }) => sum + (source?.bytes ?? 0) + (pickle?.bytes ?? 0) + (examples?.bytes ?? 0),
    0,
  );
  if (together > MOST_BYTES)
    throw new Refusal(
      'bad-export',
      `The functions in this file are larger than ${MOST_BYTES / 1e6} MB. A server cannot store so much.`,
    );
  const found: FoundExport[] = [];
  for (const one of functions) found.push(await functionOf(one, zip, entries));
  return found;
}

async function functionOf(
  { source, pickle, examples = null, ...about }: Manifest['functions'][number],
  zip: ReadZip,
  entries: ReadonlyMap<string, Entry>,
): Promise<FoundExport> {
  const broken = (problem: string): FoundExport => ({ ...about, source: null, pickle: null, examples: [], problem });
  const wrong = wrongWith(about.name) ?? (about.target === null ? null : wrongWith(about.target));
  if (wrong !== null) return broken(wrong);
  try {
    const text = await partIn(source, MOST_SOURCE_BYTES, zip, entries);
    const bytes = await partIn(pickle, MOST_PICKLE_BYTES, zip, entries);
    if (about.target === null && text === null && bytes === null)
      return broken('The file contains neither its source nor its pickle.');
    const kept = examplesIn(await partIn(examples, MOST_EXAMPLES_BYTES, zip, entries));
    return { ...about, source: text === null ? null : utf8(text), pickle: bytes, examples: kept, problem: null };
  } catch (error) {
    return broken(asBad(error).message);
  }
}

function examplesIn(bytes: Buffer | null): readonly FunctionExample[] {
  if (bytes === null) return [];
  const bounds = { characters: MOST_EXAMPLES_BYTES, items: 1_000, levels: 5 };
  const parsed = v.safeParse(FUNCTION_EXAMPLES, parseBounded(utf8(bytes), bounds), { abortEarly: true });
  if (parsed.success) return parsed.output;
  throw new Refusal('bad-export', `Its examples are damaged (${cutText(parsed.issues[0].message, 150)}).`);
}

/** The entry that the manifest names, if it matches the manifest. */
async function partIn(
  named: Part,
  most: number,
  zip: ReadZip,
  entries: ReadonlyMap<string, Entry>,
): Promise<Buffer | null> {
  if (named === null) return null;
  const bytes = await unpacked(zip, entries.get(named.file), Math.min(most, named.bytes));
  if (bytes.length === named.bytes && sha256(bytes) === named.sha256) return bytes;
  throw new Refusal(
    'bad-export',
    `This file is damaged or was changed: ${named.file} differs from what was exported. Export it again.`,
  );
}

async function unpacked(zip: ReadZip, entry: Entry | undefined, most: number): Promise<Buffer> {
  if (!entry) throw new Refusal('bad-export', 'This is not a file of exported functions, or a part of it is missing.');
  if (entry.uncompressedSize > most)
    throw new Refusal('bad-export', `This file cannot be used: ${entry.fileName} in it is too large.`);
  try {
    // yauzl ends a stream that becomes longer than its entry's size.
    const stream = await zip.openReadStreamPromise(entry);
    return Buffer.concat(await stream.toArray());
  } catch (error) {
    throw asBad(error);
  }
}

function manifestIn(bytes: Buffer): Manifest {
  let value: unknown;
  try {
    value = parseBounded(utf8(bytes), MANIFEST_BOUNDS);
  } catch (error) {
    if (isRefusal(error, 'json-too-large')) throw wrongList(error.message);
    throw asBad(error);
  }
  const format = (value as { readonly format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > FORMAT)
    throw new Refusal('bad-export', 'This file was made by a newer TabPy Tray. Update this TabPy Tray first.');
  const parsed = v.safeParse(manifest, value, { abortEarly: true });
  if (parsed.success) return parsed.output;
  throw wrongList(parsed.issues[0].message);
}

/** The text may quote the faulty part. */
function wrongList(why: string): Refusal {
  return new Refusal('bad-export', `The list of functions in this file is damaged (${cutText(why, 150)}).`);
}

function utf8(bytes: Buffer): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

function asBad(error: unknown): Refusal {
  if (isRefusal(error, 'bad-export')) return error;
  return new Refusal('bad-export', `This file cannot be read: ${(error as Error).message}.`, { cause: error });
}

function isFlatEnough(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((item) => isFlatEnough(item, levels - 1));
}
