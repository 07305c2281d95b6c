// Values on their way between the program and a page, as JSON: what structured cloning knows and JSON does not. Runs on both sides.

/** How a side turns bytes into text; Node and Chromium have different ways. */
export interface Base64 {
  encode(bytes: Uint8Array): string;
  decode(text: string): Uint8Array;
}

type Tagged = readonly [tag: string, value: unknown];

/** @throws Error for what cannot be cloned, as Electron does: functions, symbols, objects of the page */
export function toWire(value: unknown, base64: Base64): unknown {
  const wire = (one: unknown): unknown => toWire(one, base64);
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : ['number', String(value)];
    case 'undefined':
      return ['undefined', null];
    case 'bigint':
      return ['bigint', String(value)];
    case 'function':
    case 'symbol':
      throw new Error('An object could not be cloned.');
    case 'object':
      break;
  }
  if (value === null) return null;
  if (Array.isArray(value)) return ['array', value.map(wire)];
  if (value instanceof Date) return ['date', value.getTime()];
  if (value instanceof Map) return ['map', [...value].map(([key, held]) => [wire(key), wire(held)])];
  if (value instanceof Set) return ['set', [...value].map(wire)];
  if (value instanceof Error) return ['error', [value.name, value.message]];
  if (value instanceof ArrayBuffer) return ['buffer', base64.encode(new Uint8Array(value))];
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value;
    // Structured cloning carries the whole buffer behind a view; a pool of Node's must not look smaller here than there.
    return ['view', [base64.encode(new Uint8Array(buffer)), byteOffset, byteLength]];
  }
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, wire(held)]));
}

export function fromWire(value: unknown, base64: Base64): unknown {
  const plain = (one: unknown): unknown => fromWire(one, base64);
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, plain(held)]));
  }
  const [tag, held] = value as unknown as Tagged;
  switch (tag) {
    case 'number':
      return Number(held);
    case 'bigint':
      return BigInt(held as string);
    case 'array':
      return (held as unknown[]).map(plain);
    case 'date':
      return new Date(held as number);
    case 'map':
      return new Map((held as [unknown, unknown][]).map(([key, one]) => [plain(key), plain(one)]));
    case 'set':
      return new Set((held as unknown[]).map(plain));
    case 'error': {
      const [name, message] = held as [string, string];
      return Object.assign(new Error(message), { name });
    }
    case 'buffer':
      return exactly(base64.decode(held as string)).buffer;
    case 'view': {
      const [text, offset, length] = held as [string, number, number];
      return new Uint8Array(exactly(base64.decode(text)).buffer, offset, length);
    }
    default:
      return undefined;
  }
}

/** The bytes in a buffer of their own. */
function exactly(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}
