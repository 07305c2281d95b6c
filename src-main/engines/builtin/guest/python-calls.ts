// Calls Python's only entry with bytes that the host reads and writes in place, in Python's own memory.

import { columnText } from './column-text.ts';
import { jsonRecords } from './json-records.ts';
import type { PyodideModule } from './pyodide-types.ts';

/** The parts of a call of which the host may get a view. */
export type Part = 'meta' | 'body' | 'replyMeta' | 'replyBody';

export interface PythonCalls {
  /** Allocates memory for a request; false when Python's memory cannot hold it. */
  readonly reserve: (metaBytes: number, bodyBytes: number) => boolean;
  /** A view of one part. Valid until the next call of anything here: growing memory moves it. */
  readonly view: (part: Part) => Uint8Array;
  /**
   * Runs Python. False when the answer is neither two byte strings nor three with a column to write in the second; the
   * interpreter is then unusable.
   */
  readonly run: () => boolean;
  /** Frees the request and the answer. */
  readonly release: () => void;
}

/** Python reads shorter requests just as fast; for longer ones this reader uses memory that the script then lacks. */
const LEAST_READ_BYTES = 1 << 15;
const MOST_READ_BYTES = 1 << 26;
/** The beginning of a request whose body is JSON; the bodies of others are pickles and files. */
const READ = ['{"op":"evaluate"', '{"op":"query"'];

/**
 * @param entry address of a Python callable (bytes, bytes) -> (bytes, bytes), with records as a third argument where
 * the guest read the body. A reference to it is kept for good.
 */
export function createPythonCalls(module: PyodideModule, entry: number): PythonCalls {
  const parts: Record<Part, number> = { meta: 0, body: 0, replyMeta: 0, replyBody: 0 };
  let values = 0;
  let reply = 0;
  let written: { readonly meta: Uint8Array; readonly body: Uint8Array } | null = null;
  module._Py_IncRef(entry);

  const bytesAt = (object: number): Uint8Array => {
    const start = module._PyBytes_AsString(object) >>> 0;
    return module.HEAPU8.subarray(start, start + (module._PyBytes_Size(object) >>> 0));
  };
  const newBytes = (size: number): number => {
    const object = module._PyBytes_FromStringAndSize(0, size);
    if (!object) module._PyErr_Clear();
    return object;
  };
  const release = (): void => {
    if (values) module._Py_DecRef(values);
    if (reply) module._Py_DecRef(reply);
    written = null;
    values = reply = parts.meta = parts.body = parts.replyMeta = parts.replyBody = 0;
  };

  /** Replaces a large body by its records, so that they are not both in memory. */
  const readBody = (): void => {
    const size = module._PyBytes_Size(parts.body);
    if (size < LEAST_READ_BYTES || size > MOST_READ_BYTES || !hasJson(bytesAt(parts.meta))) return;
    const read = recordsOf(bytesAt(parts.body));
    const records = read ? newBytes(read.length) : 0;
    const three = records ? module._PyTuple_New(3) : 0;
    const nothing = three ? newBytes(0) : 0;
    if (!nothing) {
      for (const object of [records, three]) if (object) module._Py_DecRef(object);
      module._PyErr_Clear();
      return;
    }
    bytesAt(records).set(read!);
    module._Py_IncRef(parts.meta);
    module._PyTuple_SetItem(three, 0, parts.meta);
    module._PyTuple_SetItem(three, 1, nothing);
    module._PyTuple_SetItem(three, 2, records);
    module._Py_DecRef(values);
    values = three;
  };

  const writeColumn = (rest: number): boolean => {
    const body = module._PyBytes_Size(rest) < 0 ? null : columnText(bytesAt(parts.replyBody));
    if (body) written = { meta: joined(bytesAt(parts.replyMeta), body.length, bytesAt(rest)), body };
    return body !== null;
  };

  return {
    reserve(metaBytes, bodyBytes) {
      release();
      const meta = newBytes(metaBytes);
      const body = meta ? newBytes(bodyBytes) : 0;
      values = body ? module._PyTuple_New(2) : 0;
      if (!values) {
        for (const object of [meta, body]) if (object) module._Py_DecRef(object);
        module._PyErr_Clear();
        return false;
      }
      module._PyTuple_SetItem(values, 0, meta);
      module._PyTuple_SetItem(values, 1, body);
      parts.meta = meta;
      parts.body = body;
      return true;
    },
    view(part) {
      if (written && part === 'replyMeta') return written.meta;
      if (written && part === 'replyBody') return written.body;
      return bytesAt(parts[part]);
    },
    run() {
      readBody();
      reply = module._PyObject_Call(entry, values, 0);
      // The request may be large, and would still be in memory while the answer is written.
      module._Py_DecRef(values);
      values = parts.meta = parts.body = 0;
      const size = reply ? module._PyTuple_Size(reply) : 0;
      if (size !== 2 && size !== 3) return false;
      const first = module._PyTuple_GetItem(reply, 0);
      const second = module._PyTuple_GetItem(reply, 1);
      if (module._PyBytes_Size(first) < 0 || module._PyBytes_Size(second) < 0) return false;
      parts.replyMeta = first;
      parts.replyBody = second;
      return size === 2 || writeColumn(module._PyTuple_GetItem(reply, 2));
    },
    release,
  };
}

function hasJson(meta: Uint8Array): boolean {
  return READ.some((start) => {
    for (let at = 0; at < start.length; at++) if (meta[at] !== start.charCodeAt(at)) return false;
    return true;
  });
}

/** Null also where this engine has no memory for them: Python may have enough. */
function recordsOf(json: Uint8Array): Uint8Array | null {
  try {
    return jsonRecords(json);
  } catch {
    return null;
  }
}

/** A head of an answer, completed with the length of its body. */
function joined(before: Uint8Array, length: number, after: Uint8Array): Uint8Array {
  const digits = Uint8Array.from(String(length), (digit) => digit.charCodeAt(0));
  const meta = new Uint8Array(before.length + digits.length + after.length);
  meta.set(before);
  meta.set(digits, before.length);
  meta.set(after, before.length + digits.length);
  return meta;
}
