// Stands in for an interpreter's process: reads frames on fd 3, writes frames on fd 4, and misbehaves as it is told by the
// `name` of a query. Started with `silent` it never gets ready.

import { readSync, writeSync } from 'node:fs';

const [, , mode] = process.argv;
const pause = new Int32Array(new SharedArrayBuffer(4));

if (mode === 'exits') process.exit(7);
if (mode === 'silent') Atomics.wait(pause, 0, 0);
if (mode === 'babbles') writeAll(Buffer.from('Fatal Python error: could not start'));
send(0, { ready: true, bootMs: 1, python: '3.14.2', fromImage: false }, Buffer.alloc(0));
for (;;) serveOne();

function serveOne(): void {
  const head = read(8);
  const id = head.readUInt32LE(4);
  const payload = read(head.readUInt32LE(0));
  const metaEnd = 4 + payload.readUInt32LE(0);
  const meta = JSON.parse(payload.subarray(4, metaEnd).toString()) as { name?: string };
  const body = payload.subarray(metaEnd);
  const answer = { status: 200, bodyBytes: body.length };
  switch (meta.name) {
    case 'hang':
      Atomics.wait(pause, 0, 0);
      return;
    case 'burn':
      for (;;);
    case 'exit':
      process.exit(3);
    case 'half': {
      // A frame that is announced and never comes.
      const announced = Buffer.alloc(8);
      announced.writeUInt32LE(1_000, 0);
      announced.writeUInt32LE(id, 4);
      writeAll(announced);
      process.exit(4);
    }
    case 'forge':
      for (const other of [id + 1, 0, 1]) send(other >>> 0, answer, Buffer.from('forged'));
      send(id, answer, body);
      return;
    case 'garbage':
      frame(id, Buffer.from('not json'), body);
      Atomics.wait(pause, 0, 0);
      return;
    case 'head':
      // The body is the head of the answer; its own body is two bytes.
      frame(id, body, Buffer.from('xx'));
      return;
    case 'huge': {
      const announced = Buffer.alloc(8);
      announced.writeUInt32LE(0xffff_ffff, 0);
      writeAll(announced);
      Atomics.wait(pause, 0, 0);
      return;
    }
    default:
      send(id, answer, body);
  }
}

function send(id: number, meta: object, body: Buffer): void {
  frame(id, Buffer.from(JSON.stringify(meta)), body);
}

function frame(id: number, meta: Buffer, body: Buffer): void {
  const head = Buffer.alloc(12);
  head.writeUInt32LE(4 + meta.length + body.length, 0);
  head.writeUInt32LE(id, 4);
  head.writeUInt32LE(meta.length, 8);
  writeAll(Buffer.concat([head, meta, body]));
}

function read(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let have = 0; have < length;) {
    const count = readSync(3, bytes, have, length - have, null);
    if (count === 0) process.exit(0);
    have += count;
  }
  return bytes;
}

function writeAll(bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) done += writeSync(4, bytes, done);
}
