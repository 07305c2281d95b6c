// Answers the worker's frames: runs one request at a time and sends each answer as a message. Scripts share this realm,
// so everything here must be taken before the first script runs, and no method may be looked up on an object
// afterwards.

import { memoryOf, memoryOfLength } from '../host/crossing.ts';
import type { GuestEntry } from '../host/crossing.ts';

const HEAD_BYTES = 12;

const { apply, getOwnPropertyDescriptor } = Reflect;
const HostUint8Array = Uint8Array;
const HostArrayBuffer = ArrayBuffer;
const typedArray = Reflect.getPrototypeOf(Uint8Array.prototype)!;
const setBytes = methodOf(typedArray, 'set');
const lengthOf = getOwnPropertyDescriptor(typedArray, 'byteLength')!.get!;
const dataOf = getOwnPropertyDescriptor(MessageEvent.prototype, 'data')!.get!;
const postMessage = methodOf(MessagePort.prototype, 'postMessage');

function methodOf(object: object, name: string): (...values: readonly unknown[]) => unknown {
  return getOwnPropertyDescriptor(object, name)!.value as (...values: readonly unknown[]) => unknown;
}

const byteLength = (bytes: Uint8Array): number => apply(lengthOf, bytes, []) as number;

function readNumber(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

function writeNumber(bytes: Uint8Array, at: number, value: number): void {
  for (let byte = 0; byte < 4; byte++) bytes[at + byte] = (value >>> (8 * byte)) & 255;
}

/** A frame in memory of its own: the whole buffer behind it is posted. */
function frameOf(id: number, meta: Uint8Array, body: Uint8Array): ArrayBuffer {
  const metaBytes = byteLength(meta);
  const bodyBytes = byteLength(body);
  const buffer = new HostArrayBuffer(HEAD_BYTES + metaBytes + bodyBytes);
  const frame = new HostUint8Array(buffer);
  writeNumber(frame, 0, 4 + metaBytes + bodyBytes);
  writeNumber(frame, 4, id);
  writeNumber(frame, 8, metaBytes);
  apply(setBytes, frame, [meta, HEAD_BYTES]);
  apply(setBytes, frame, [body, HEAD_BYTES + metaBytes]);
  return buffer;
}

interface Note {
  readonly meta: Uint8Array;
  readonly body: Uint8Array;
}

/** An error of the interpreter itself, in TabPy's form, so that Tableau shows it like one of the script's. */
function errorNote(type: string, text: string): Note {
  const encoder = new TextEncoder();
  const body = encoder.encode(JSON.stringify({ message: 'Error processing script', info: `${type} : ${text}` }));
  const error = { type, text, line: null, traceback: null };
  return { meta: encoder.encode(JSON.stringify({ status: 500, error, bodyBytes: body.length })), body };
}

export interface Answering {
  readonly ready: (meta: object) => void;
  /** Answers requests from now on, until the parent kills the process. */
  readonly start: (guest: GuestEntry) => void;
  readonly bootFailed: (why: string) => void;
}

/** Must be called before the globals are removed. */
export function createAnswering(port: MessagePort, maxResultBytes: number): Answering {
  const post = (message: unknown): void => void apply(postMessage, port, [message]);
  const listen = port.addEventListener.bind(port);
  const open = port.start.bind(port);
  const encoder = new TextEncoder();
  const encode = encoder.encode.bind(encoder);
  const nothing = new Uint8Array(0);
  const megabytes = Math.floor(maxResultBytes / (1 << 20));
  const quotaExceeded = errorNote('MemoryError', 'The request does not fit into the memory of Python.');
  const tooLarge = errorNote(
    'ResultTooLarge',
    `The result is larger than ${megabytes} MB. Return fewer rows or columns.`,
  );

  const answer = ({ reserve, view, run, release }: GuestEntry, buffer: ArrayBuffer): unknown => {
    const request = new HostUint8Array(buffer);
    const id = readNumber(request, 4);
    const metaBytes = readNumber(request, 8);
    const metaEnd = HEAD_BYTES + metaBytes;
    const bodyBytes = byteLength(request) - metaEnd;
    if (reserve(metaBytes, bodyBytes) !== true) return frameOf(id, quotaExceeded.meta, quotaExceeded.body);
    const metaMemory = memoryOfLength(view('meta'), metaBytes);
    if (!metaMemory) return 'nonsense';
    apply(setBytes, metaMemory, [new HostUint8Array(buffer, HEAD_BYTES, metaBytes), 0]);
    const bodyMemory = memoryOfLength(view('body'), bodyBytes);
    if (!bodyMemory) return 'nonsense';
    apply(setBytes, bodyMemory, [new HostUint8Array(buffer, metaEnd, bodyBytes), 0]);
    if (run() !== true) return 'nonsense';
    const meta = memoryOf(view('replyMeta'));
    const body = memoryOf(view('replyBody'));
    if (!meta || !body) return 'nonsense';
    const isTooLarge = byteLength(meta) + byteLength(body) > maxResultBytes;
    const frame = isTooLarge ? frameOf(id, tooLarge.meta, tooLarge.body) : frameOf(id, meta, body);
    release();
    return frame;
  };

  return {
    ready(meta) {
      post(frameOf(0, encode(JSON.stringify({ ...meta, bodyBytes: 0 })), nothing));
    },
    start(guest) {
      listen('message', (event) => {
        try {
          post(answer(guest, apply(dataOf, event, []) as ArrayBuffer));
        } catch {
          // The exception belongs to the guest, and is not inspected.
          post('threw');
        }
      });
      open();
    },
    bootFailed: (why) => post({ bootFailed: why }),
  };
}
