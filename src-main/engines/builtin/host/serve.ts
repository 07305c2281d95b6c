// Serves the interpreter's frames: reads, runs and answers one request at a time, without turning the event loop. Must
// not look at what the guest throws, nor into its answers.

import { memoryOf, memoryOfLength } from './crossing.ts';
import type { GuestEntry } from './crossing.ts';
import { createReader, writeFully } from './pipes.ts';
import type { Exit } from './seal.ts';

const REQUESTS = 3;
const ANSWERS = 4;
const HEAD_BYTES = 12;
const CHUNK_BYTES = 1 << 20;
const ONE_WRITE_BYTES = 1 << 16;
/** Small requests arrive whole; of a large request, this much is copied twice. */
const AHEAD_BYTES = 1 << 14;

const readFully = createReader(REQUESTS, AHEAD_BYTES);

/** Exit codes: the parent ended it; the guest threw; the guest answered nonsense. */
const EXIT = { closed: 0, threw: 70, nonsense: 71 };

/** ASCII text as bytes, without Node's Buffer. */
function bytesOfText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at) & 127;
  return bytes;
}

function readNumber(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

function writeNumber(bytes: Uint8Array, at: number, value: number): void {
  for (let byte = 0; byte < 4; byte++) bytes[at + byte] = (value >>> (8 * byte)) & 255;
}

export function writeFrame(id: number, meta: Uint8Array, body: Uint8Array): void {
  const head = new Uint8Array(HEAD_BYTES);
  writeNumber(head, 0, 4 + meta.length + body.length);
  writeNumber(head, 4, id);
  writeNumber(head, 8, meta.length);
  const bytes = HEAD_BYTES + meta.length + body.length;
  if (bytes <= ONE_WRITE_BYTES) {
    // Three writes wake the parent up to three times; a copy of a few kilobytes is cheaper (a fifth of a small call).
    const frame = new Uint8Array(bytes);
    frame.set(head);
    frame.set(meta, HEAD_BYTES);
    frame.set(body, HEAD_BYTES + meta.length);
    writeFully(ANSWERS, frame);
    return;
  }
  writeFully(ANSWERS, head);
  writeFully(ANSWERS, meta);
  writeFully(ANSWERS, body);
}

/** A frame whose meta object is our own. */
export function writeNote(id: number, meta: object, body: object | null): void {
  const bodyBytes = body ? bytesOfText(JSON.stringify(body)) : new Uint8Array(0);
  writeFrame(id, bytesOfText(JSON.stringify({ ...meta, bodyBytes: bodyBytes.length })), bodyBytes);
}

/** An error of the interpreter itself, in TabPy's form, so that Tableau shows it like one of the script's. */
function writeError(id: number, type: string, text: string): void {
  const error = { type, text, line: null, traceback: null };
  writeNote(id, { status: 500, error }, { message: 'Error processing script', info: `${type} : ${text}` });
}

/** Reads and drops a body for which there is no memory, to find the next frame. */
function skip(bytes: number): boolean {
  const chunk = new Uint8Array(CHUNK_BYTES);
  for (let left = bytes; left > 0; left -= chunk.length) {
    if (!readFully(left < chunk.length ? chunk.subarray(0, left) : chunk)) return false;
  }
  return true;
}

/** Serves until the parent closes the pipe or the guest fails; both end the process. */
export function serve(guest: GuestEntry, maxResultBytes: number, exit: Exit): never {
  const { reserve, view, run, release } = guest;
  const head = new Uint8Array(HEAD_BYTES);
  const megabytes = Math.floor(maxResultBytes / (1 << 20));
  for (;;) {
    if (!readFully(head)) exit(EXIT.closed);
    const id = readNumber(head, 4);
    const metaBytes = readNumber(head, 8);
    const bodyBytes = readNumber(head, 0) - 4 - metaBytes;
    if (bodyBytes < 0) exit(EXIT.nonsense);

    let fits = false;
    try {
      fits = reserve(metaBytes, bodyBytes) === true;
    } catch {
      exit(EXIT.threw);
    }
    if (!fits) {
      if (!skip(metaBytes + bodyBytes)) exit(EXIT.closed);
      writeError(
        id,
        'MemoryError',
        `The request of ${Math.ceil(bodyBytes / (1 << 20))} MB does not fit into the memory of Python.`,
      );
      continue;
    }

    let isAnswered = false;
    try {
      const metaMemory = memoryOfLength(view('meta'), metaBytes);
      if (!metaMemory) exit(EXIT.nonsense);
      if (!readFully(metaMemory)) exit(EXIT.closed);
      const bodyMemory = memoryOfLength(view('body'), bodyBytes);
      if (!bodyMemory) exit(EXIT.nonsense);
      if (!readFully(bodyMemory)) exit(EXIT.closed);
      isAnswered = run() === true;
    } catch {
      // The exception belongs to the guest: printing or inspecting it would run its code with ours on the stack.
      exit(EXIT.threw);
    }
    if (!isAnswered) exit(EXIT.nonsense);

    let meta: Uint8Array | null = null;
    let body: Uint8Array | null = null;
    try {
      meta = memoryOf(view('replyMeta'));
      body = memoryOf(view('replyBody'));
    } catch {
      exit(EXIT.threw);
    }
    if (!meta || !body) exit(EXIT.nonsense);
    if (meta.length + body.length > maxResultBytes) {
      writeError(id, 'ResultTooLarge', `The result is larger than ${megabytes} MB. Return fewer rows or columns.`);
    } else {
      writeFrame(id, meta, body);
    }
    try {
      release();
    } catch {
      exit(EXIT.threw);
    }
  }
}
