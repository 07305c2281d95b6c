// The bytes between the runtime and one interpreter process: frames, request and reply.

import type { DeployedFunction, Json } from '../../src-shared/function.ts';
import type { JsonBounds } from '../../src-shared/bounded-json.ts';
import type { Rejection } from '../../src-shared/verdict.ts';
import type { NewFunction } from '../../src-shared/function-detail.ts';

/** A request to an interpreter; the body travels beside it as bytes. */
export type RequestMeta =
  /** `heads`: the request is large, so its script and first rows come with the answer. */
  | { readonly op: 'evaluate'; readonly timeoutSeconds: number; readonly heads?: true }
  | { readonly op: 'query'; readonly name: string; readonly heads?: true }
  /** Tells the facts of a request of the two kinds above; runs nothing of it. */
  | { readonly op: 'describe'; readonly heads?: true }
  /** `rebuilt`: code for functions of another Python; the pickle of the result is then the body of the answer. */
  | { readonly op: 'inspect'; readonly rebuilt?: readonly Pick<Rebuilt, 'wanted' | 'code'>[] }
  /** Finds functions in the text of a file, which is the body, and compiles them; runs nothing. */
  | { readonly op: 'rebuild'; readonly wanted: readonly Wanted[] }
  /** Deploys a function from its source text, which is the body, through TabPy's client. */
  | ({ readonly op: 'deploy' } & Omit<NewFunction, 'source'>)
  /** Calls a function from its source text; the body is the text, then the data as JSON. */
  | { readonly op: 'try'; readonly functionName: string; readonly sourceBytes: number }
  /** Calls a deployed function for its author; the body is that of POST /query. */
  | { readonly op: 'try-deployed'; readonly name: string }
  | { readonly op: 'load'; readonly names: readonly string[] }
  | { readonly op: 'import'; readonly modules: readonly string[] }
  /** A piece of a file for scripts, which is the body, or the names of files that were removed. */
  | {
      readonly op: 'files';
      readonly put: readonly { readonly name: string; readonly offset: number; readonly isLast: boolean }[];
      readonly remove: readonly string[];
      /** All earlier files are removed. */
      readonly isWhole?: boolean;
    }
  | { readonly op: 'resolve' }
  | {
      readonly op: 'sync';
      readonly revision: number;
      /** The addresses under which callers reach this server. */
      readonly own?: { readonly hosts: readonly string[]; readonly port: number | null };
      readonly put: readonly FunctionPut[];
      readonly remove: readonly string[];
      /** `put` is complete; other functions of the copy are removed. */
      readonly isWhole?: boolean;
    };

/** One endpoint of a sync; `pickleBytes` of the body belong to it, in the order of the list. */
export interface FunctionPut extends DeployedFunction {
  readonly pickleBytes: number;
  /** The interpreter deployed this version itself and has the function: no pickle is sent. */
  readonly isOwn?: true;
}

/** What a script changed through the client that it imported; pickles follow the answer's body in this order. */
export type Change =
  | {
      readonly kind: 'deploy';
      readonly name: string;
      readonly override: boolean;
      readonly version: number;
      readonly description: string;
      readonly docstring: string;
      readonly schema: Json;
      readonly isPublic: boolean;
      readonly methods: readonly Json[];
      readonly source: string | null;
      /** The function's name in its source. */
      readonly functionName: string | null;
      readonly libraries: Readonly<Record<string, string>>;
      readonly pickleBytes: number;
    }
  | {
      readonly kind: 'update';
      readonly name: string;
      readonly description: string;
      readonly schema: Json;
      readonly isPublic: boolean;
    }
  | { readonly kind: 'remove'; readonly name: string };

/** A function to be found in a source (origin.py). The author of a pickle wrote all of these fields. */
export interface Wanted {
  readonly file: string;
  readonly name: string;
  readonly qualified_name: string | null;
  readonly line: number;
  readonly looks: string;
  readonly with_small_numbers: boolean;
}

/** A function that was found: compiled (marshal, in base64), with its own lines. */
export interface Rebuilt {
  readonly wanted: Wanted;
  readonly code: string;
  readonly source: string;
}

/** An error in Python; `line` is a line of the analyst's script, from 1. */
export interface ScriptError {
  readonly type: string;
  readonly text: string;
  /** What it comes from and what to do, where that is known. */
  readonly cause?: string;
  readonly line: number | null;
  readonly traceback: string | null;
  /** The missing top-level module that the script imports. */
  readonly missing?: string;
}

export interface Heads {
  readonly request?: string;
  readonly response?: string;
}

/** The head of an answer. `status` is the HTTP status of the body that follows. */
export interface ReplyMeta {
  readonly status: number;
  readonly bodyBytes: number;
  readonly etag?: string;
  /** Rows sent and rows back. */
  readonly rows?: readonly [number | null, number | null];
  /** Why Tableau rejects the result. */
  readonly rejection?: Rejection;
  /** Names of arguments that are null in every row. */
  readonly nulls?: readonly string[];
  /** First rows of a large body, as JSON of the same form. */
  readonly heads?: Heads;
  readonly prints?: string;
  readonly printsDropped?: number;
  readonly error?: ScriptError;
  readonly changes?: readonly Change[];
  readonly loaded?: Readonly<
    Record<string, { readonly status: 'LoadSuccessful' | 'LoadFailed'; readonly lastError: string | null }>
  >;
  readonly docstring?: string;
  readonly methods?: readonly Json[];
  readonly libraries?: Readonly<Record<string, string>>;
  /** What the analyst should know of an object that works all the same, such as other versions of libraries. */
  readonly notes?: readonly string[];
  /** Where the source of the function behind a query object should be. */
  readonly main?: Wanted;
  /** Functions of another Python for which no code was sent. */
  readonly missing?: readonly Wanted[];
  readonly rebuilt?: readonly Rebuilt[];
  readonly failed?: Readonly<Record<string, string>>;
  /** The sizes of the pictures (PNG) of a trial, which are the end of the body. */
  readonly pictures?: readonly number[];
  /** Calls of deployed functions that were made inside, by name; `ms` of the first ones. */
  readonly asked?: Readonly<
    Record<string, { readonly calls: number; readonly errors: number; readonly ms: readonly number[] }>
  >;
}

/** The first frame of an interpreter (id 0): it is ready for requests. Times in ms. */
export interface ReadyMeta {
  readonly ready: true;
  readonly bootMs: number;
  readonly python: string;
  readonly fromImage: boolean;
}

/** A frame as it came: `meta` is still text in bytes, `body` is a view into what was read. */
export interface Frame {
  readonly id: number;
  readonly meta: Buffer;
  readonly body: Buffer;
}

const HEADER_BYTES = 12;
/**
 * The largest head of an answer. Heads are parsed in this process, and a head of braces alone becomes fifty times its
 * size: a script that wrote a head of 200 MB would crash the server; 4 MB keep it busy for a second.
 */
export const MOST_META_BYTES = 1024 * 1024;
/** A head with one deployment after another holds most values; nested lists and objects are those of schemas. */
export const META_BOUNDS: JsonBounds = { characters: MOST_META_BYTES, levels: 80, items: 80_000 };

/**
 * A frame: u32le length of what follows the id | u32le id | u32le length of meta | meta (JSON) | body.
 * @param smallBytes a body of fewer bytes is copied behind the head
 * @returns the head (with the meta) and the body apart, so that a large body is not copied
 */
export function encodeFrame(
  id: number,
  meta: RequestMeta,
  body: Uint8Array,
  smallBytes = 0,
): readonly [Buffer, Uint8Array] {
  const json = jsonOf(meta);
  const isSmall = body.length < smallBytes;
  const head = Buffer.allocUnsafe(HEADER_BYTES + json.length + (isSmall ? body.length : 0));
  head.writeUInt32LE(4 + json.length + body.length, 0);
  head.writeUInt32LE(id, 4);
  head.writeUInt32LE(json.length, 8);
  json.copy(head, HEADER_BYTES);
  if (!isSmall) return [head, body];
  head.set(body, HEADER_BYTES + json.length);
  return [head, NOTHING];
}

const NOTHING = new Uint8Array(0);
const jsonOfScripts = new Map<number, Buffer>();

function jsonOf(meta: RequestMeta): Buffer {
  if (meta.op !== 'evaluate' || meta.heads) return Buffer.from(JSON.stringify(meta));
  // Used by nearly every request; there are only as many as there are time-outs.
  let json = jsonOfScripts.get(meta.timeoutSeconds);
  if (json === undefined) {
    json = Buffer.from(JSON.stringify(meta));
    jsonOfScripts.clear();
    jsonOfScripts.set(meta.timeoutSeconds, json);
  }
  return json;
}

/**
 * Cuts a stream of bytes into frames.
 * @param maxBytes a frame that claims more is a fault of the other side
 * @param onFrame called for each frame, in order
 * @param onFault called once, with the reason; nothing is read afterwards
 */
export function createFrameReader(
  maxBytes: number,
  onFrame: (frame: Frame) => void,
  onFault: (why: string) => void,
): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let have = 0;
  let need = 8;
  let isBroken = false;
  const take = (): Buffer => (parts.length === 1 ? parts[0]! : Buffer.concat(parts, have));

  return (chunk) => {
    if (isBroken) return;
    parts.push(chunk);
    have += chunk.length;
    while (have >= need) {
      const all = take();
      const length = all.readUInt32LE(0);
      if (length > maxBytes || length < 4) {
        isBroken = true;
        onFault(`a frame of ${length} bytes`);
        return;
      }
      need = 8 + length;
      if (have < need) {
        parts = [all];
        return;
      }
      const metaLength = all.readUInt32LE(8);
      if (metaLength > length - 4 || metaLength > MOST_META_BYTES) {
        isBroken = true;
        onFault(`a head of ${metaLength} bytes in a frame of ${length}`);
        return;
      }
      const metaEnd = HEADER_BYTES + metaLength;
      const frame = {
        id: all.readUInt32LE(4),
        meta: all.subarray(HEADER_BYTES, metaEnd),
        body: all.subarray(metaEnd, need),
      };
      const rest = all.subarray(need);
      parts = rest.length > 0 ? [rest] : [];
      have = rest.length;
      need = 8;
      onFrame(frame);
    }
  };
}

/**
 * One whole frame, where messages have borders of their own.
 * @returns null when the bytes are not exactly one frame, or its head is too large to be parsed
 */
export function decodeFrame(bytes: Buffer): Frame | null {
  if (bytes.length < HEADER_BYTES) return null;
  const metaLength = bytes.readUInt32LE(8);
  const metaEnd = HEADER_BYTES + metaLength;
  const isWhole = bytes.readUInt32LE(0) + 8 === bytes.length && metaEnd <= bytes.length;
  if (!isWhole || metaLength > MOST_META_BYTES) return null;
  return { id: bytes.readUInt32LE(4), meta: bytes.subarray(HEADER_BYTES, metaEnd), body: bytes.subarray(metaEnd) };
}
