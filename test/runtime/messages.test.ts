import { describe, expect, it } from 'vitest';
import { createFrameReader, encodeFrame } from '../../src-main/runtime/messages.ts';
import type { Frame } from '../../src-main/runtime/messages.ts';

interface Seen {
  readonly id: number;
  readonly meta: string;
  readonly body: string;
}

function bytesOf(id: number, name: string, body = ''): Buffer {
  return Buffer.concat([...encodeFrame(id, { op: 'query', name }, Buffer.from(body))]);
}

/** Feeds chunks to a reader; answers the frames and the faults, in order. */
function read(chunks: readonly Buffer[], maxBytes = 1_000): { frames: readonly Seen[]; faults: readonly string[] } {
  const frames: Seen[] = [];
  const faults: string[] = [];
  const seen = ({ id, meta, body }: Frame) => frames.push({ id, meta: meta.toString(), body: body.toString() });
  const feed = createFrameReader(maxBytes, seen, (why) => faults.push(why));
  for (const chunk of chunks) feed(chunk);
  return { frames, faults };
}

const numbers = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32LE(value, index * 4));
  return bytes;
};

const FIRST = { id: 7, meta: '{"op":"query","name":"é"}', body: 'the body' };
const first = bytesOf(7, 'é', 'the body');
const second = bytesOf(4_294_967_295, 'b');

describe('frames', () => {
  it('leave a large body uncopied', () => {
    const body = Buffer.alloc(100);
    expect(encodeFrame(1, { op: 'inspect' }, body)[1]).toBe(body);
  });

  it('come out as they went in', () => {
    expect(read([first])).toEqual({ frames: [FIRST], faults: [] });
  });

  it('come out whole wherever the stream is cut', () => {
    const stream = Buffer.concat([first, second]);
    for (let cut = 0; cut <= stream.length; cut += 1) {
      const { frames, faults } = read([stream.subarray(0, cut), stream.subarray(cut)]);
      expect(faults).toEqual([]);
      expect(frames.map(({ id }) => id)).toEqual([7, 4_294_967_295]);
      expect(frames[0]).toEqual(FIRST);
    }
  });

  it('come out whole byte by byte', () => {
    const bytes = Array.from(Buffer.concat([first, second, first]), (byte) => Buffer.from([byte]));
    expect(read(bytes).frames.map(({ id }) => id)).toEqual([7, 4_294_967_295, 7]);
  });

  it('come out in order when several arrive at once', () => {
    expect(read([Buffer.concat([first, second, first, second])]).frames).toHaveLength(4);
  });

  it('wait for the rest', () => {
    expect(read([first.subarray(0, -1)])).toEqual({ frames: [], faults: [] });
  });

  it.each([
    ['larger than the limit', numbers(1_001, 1), 'a frame of 1001 bytes'],
    ['too small for a head', numbers(3, 1), 'a frame of 3 bytes'],
    ['with a head longer than the frame', numbers(8, 1, 5, 0), 'a head of 5 bytes in a frame of 8'],
  ])('%s are a fault before anything of them is kept', (_, bytes, why) => {
    expect(read([bytes])).toEqual({ frames: [], faults: [why] });
  });

  it('of exactly the limit are read', () => {
    expect(read([first], first.length - 8).faults).toEqual([]);
    expect(read([first], first.length - 9).faults).toHaveLength(1);
  });

  it('after a fault are not read, and the fault is told once', () => {
    expect(read([numbers(0, 1), first, numbers(0, 1)])).toEqual({ frames: [], faults: ['a frame of 0 bytes'] });
  });
});
