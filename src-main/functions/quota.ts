// Quota of deployed functions: how much may be deployed at once, and which old versions are deleted first. Pure.
// Threat: every interpreter holds every function, so a caller who deploys without end would burden all others. Versions
// are kept, so one function deployed again and again would fill the disk.

import type { DeployedFunction } from '../../src-shared/function.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { MOST_JSON_LEVELS } from '../../src-shared/limits.ts';
import type { FunctionRecord, VersionRecord } from './function-record.ts';
import { faultOfTexts } from './version-texts.ts';
import type { VersionTexts } from './version-texts.ts';

export const MOST_FUNCTIONS = 1_000;
/** Of the current pickles and their sources; an interpreter has 1 GB for pickles, for packages and for data. */
export const MOST_PICKLE_BYTES = 200_000_000;
/** Of description, docstring, schema and methods of one function, as JSON. */
const MOST_TEXT_BYTES = 100_000;
const MOST_TEXT_BYTES_TOGETHER = 10_000_000;
/** Of the versions before the current ones. */
const MOST_OLD_BYTES = 1_000_000_000;
const MOST_OLD_VERSIONS = 50;
/** Of the records of these versions, which are all in memory. */
const MOST_OLD_TEXT_BYTES = 20_000_000;

type Texts = Pick<DeployedFunction, 'description' | 'docstring' | 'schema' | 'methods'>;

/**
 * Checks whether a function fits beside the others.
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

/** Old versions to delete, oldest first: those beyond the quota of one function, or of all together. */
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

/** Cached, because records never change and each deployment needs the size of all of them. */
const sizes = new WeakMap<object, number>();

function sizeOf<T extends object>(one: T, measure: (one: T) => number): number {
  const known = sizes.get(one);
  if (known !== undefined) return known;
  const size = measure(one);
  sizes.set(one, size);
  return size;
}
