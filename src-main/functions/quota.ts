// How much may be deployed at once, and which old versions go first. Pure.
// Threat: every interpreter holds every function, so what one caller deploys without end all others would have to carry;
// and versions are kept, so one function deployed again and again would fill the disk.

import type { DeployedFunction } from '../../src-shared/function.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { MOST_JSON_LEVELS } from '../../src-shared/limits.ts';
import type { FunctionRecord, VersionRecord } from './function-record.ts';
import { faultOfTexts } from './version-texts.ts';
import type { VersionTexts } from './version-texts.ts';

export const MOST_FUNCTIONS = 1_000;
/** Of the pickles that are served, and their sources; an interpreter has 1 GB for pickles, for packages and for data. */
export const MOST_PICKLE_BYTES = 200_000_000;
/** Of description, docstring, schema and methods of one function, as JSON. */
const MOST_TEXT_BYTES = 100_000;
const MOST_TEXT_BYTES_TOGETHER = 10_000_000;
/** Of the versions before the current ones. */
const MOST_OLD_BYTES = 1_000_000_000;
const MOST_OLD_VERSIONS = 50;
/** Of what the records say of these versions: all of it is in memory. */
const MOST_OLD_TEXT_BYTES = 20_000_000;

type Texts = Pick<DeployedFunction, 'description' | 'docstring' | 'schema' | 'methods'>;

/**
 * Whether a function fits beside the others.
 * @param bytes of its pickle and its source; null: they stay as they are
 * @param version what is kept with a new version of it
 * @throws Refusal `over-quota`
 */
export function checkQuota(
  records: ReadonlyMap<string, FunctionRecord>,
  name: string,
  texts: Texts,
  bytes: number | null,
  version: VersionTexts | null = null,
): void {
  if (!records.has(name) && records.size >= MOST_FUNCTIONS)
    throw new Refusal(
      'over-quota',
      `There are already ${MOST_FUNCTIONS} functions. Remove some before you deploy more.`,
    );
  if (!isFlatEnough([texts.schema, texts.methods], MOST_JSON_LEVELS))
    throw new Refusal(
      'over-quota',
      `The schema of '${name}' is nested deeper than ${MOST_JSON_LEVELS} levels. Flatten it.`,
    );
  const fault = version === null ? null : faultOfTexts(name, version);
  if (fault !== null) throw new Refusal('over-quota', fault);
  const ownText = textBytes(texts);
  if (ownText > MOST_TEXT_BYTES)
    throw new Refusal(
      'over-quota',
      `Description and schema of '${name}' are longer than ${MOST_TEXT_BYTES / 1000} kB. Shorten them.`,
    );
  const others = [...records].filter(([other]) => other !== name).map(([, record]) => record);
  const together = others.reduce((sum, { endpoint }) => sum + sizeOf(endpoint, textBytes), ownText);
  if (together > MOST_TEXT_BYTES_TOGETHER)
    throw new Refusal(
      'over-quota',
      'The descriptions and schemas of all functions together are longer than 10 MB. Shorten some.',
    );
  if (bytes === null) return;
  const whole = others.reduce((sum, record) => sum + currentBytes(record), bytes);
  if (whole > MOST_PICKLE_BYTES)
    throw new Refusal(
      'over-quota',
      `With '${name}', all functions together would need ${Math.ceil(whole / 1e6)} MB. The limit is ${MOST_PICKLE_BYTES / 1e6} MB. Make the function smaller, or remove others.`,
    );
}

/** Old versions that have to go, oldest first: those beyond what one function, or all of them together, may keep. */
export function versionsToForget(
  records: Iterable<FunctionRecord>,
): readonly { readonly name: string; readonly version: number }[] {
  const kept: { name: string; version: number; bytes: number; texts: number; deployedAt: number }[] = [];
  const gone: { name: string; version: number }[] = [];
  for (const { endpoint, versions } of records) {
    const old = versions
      .filter(({ version }) => version !== endpoint.version)
      .map((one) => ({
        version: one.version,
        deployedAt: one.deployedAt,
        name: endpoint.name,
        bytes: bytesOf(one),
        texts: sizeOf(one, jsonBytes),
      }));
    const most = old.length - MOST_OLD_VERSIONS;
    gone.push(...old.slice(0, Math.max(0, most)));
    kept.push(...old.slice(Math.max(0, most)));
  }
  let bytes = kept.reduce((sum, one) => sum + one.bytes, 0);
  let texts = kept.reduce((sum, one) => sum + one.texts, 0);
  for (const one of kept.toSorted((a, b) => a.deployedAt - b.deployedAt)) {
    if (bytes <= MOST_OLD_BYTES && texts <= MOST_OLD_TEXT_BYTES) break;
    bytes -= one.bytes;
    texts -= one.texts;
    gone.push(one);
  }
  return gone.map(({ name, version }) => ({ name, version }));
}

function currentBytes({ endpoint, versions }: FunctionRecord): number {
  const current = versions.find(({ version }) => version === endpoint.version);
  return current === undefined ? 0 : bytesOf(current);
}

function bytesOf({ pickleBytes, sourceBytes = 0 }: VersionRecord): number {
  return pickleBytes + sourceBytes;
}

function isFlatEnough(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((item) => isFlatEnough(item, levels - 1));
}

function textBytes({ description, docstring, schema, methods }: Texts): number {
  return jsonBytes([description, docstring, schema, methods]);
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Records never change, and each deployment asks for the size of all of them. */
const sizes = new WeakMap<object, number>();

function sizeOf<T extends object>(one: T, measure: (one: T) => number): number {
  const known = sizes.get(one);
  if (known !== undefined) return known;
  const size = measure(one);
  sizes.set(one, size);
  return size;
}
