import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createUnpacking } from '../../src-main/http/unpacking.ts';

const MEGABYTE = 1024 * 1024;
const ann = { party: 'home', key: 'ann' };
const nothing = (): void => undefined;

describe('packed bodies', () => {
  it('are unpacked whole', async () => {
    const body = Buffer.from(Array.from({ length: 3 * MEGABYTE }, (_, at) => (at * 7919) % 251));
    let told = 0;
    const unpacked = await createUnpacking().unpack(gzipSync(body), ann, (bytes) => void (told += bytes));
    expect(unpacked.equals(body)).toBe(true);
    expect(told).toBe(body.length);
    expect(await createUnpacking().unpack(gzipSync(Buffer.alloc(0)), ann, nothing)).toHaveLength(0);
  });

  it('that are none are an error of zlib, also when they are cut short', async () => {
    const unpacking = createUnpacking();
    for (const packed of [Buffer.from('no gzip'), gzipSync('x'.repeat(1_000)).subarray(0, -9)])
      await expect(unpacking.unpack(packed, ann, nothing)).rejects.toMatchObject({ code: /^Z_/ });
    expect((await unpacking.unpack(gzipSync('good'), ann, nothing)).toString()).toBe('good');
  });

  it('end where they become too large, and leave their turn to others', async () => {
    const unpacking = createUnpacking();
    const bomb = gzipSync(Buffer.alloc(50 * MEGABYTE));
    let told = 0;
    const refuse = (bytes: number): void => {
      told += bytes;
      if (told > MEGABYTE) throw new Error('too large');
    };
    await expect(unpacking.unpack(bomb, ann, refuse)).rejects.toThrow('too large');
    expect(told).toBeLessThan(2 * MEGABYTE);
    expect((await unpacking.unpack(gzipSync('good'), ann, nothing)).toString()).toBe('good');
  });

  it.each([
    ['another address', { party: 'away', key: 'bob' }],
    ['another name at the same address', { party: 'home', key: 'bob' }],
  ])('of %s do not wait until many large ones are done', async (_, bob) => {
    const unpacking = createUnpacking();
    const bomb = gzipSync(Buffer.alloc(20 * MEGABYTE));
    let unpacked = 0;
    const bombs = Array.from({ length: 20 }, () => unpacking.unpack(bomb, ann, (bytes) => void (unpacked += bytes)));
    expect((await unpacking.unpack(gzipSync('small'), bob, nothing)).toString()).toBe('small');
    expect(unpacked).toBeLessThan(20 * MEGABYTE);
    await Promise.all(bombs);
    expect(unpacked).toBe(400 * MEGABYTE);
  });
});
