import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { createHeldMemory } from '../../src-main/http/held-memory.ts';
import type { HeldMemory } from '../../src-main/http/held-memory.ts';
import { answered, never } from './support/fake-runtime.ts';
import { startApp } from './support/test-server.ts';

const MEGABYTE = 1024 * 1024;

describe('the memory for callers', () => {
  const LARGEST = 100 * MEGABYTE;
  const take = (memory: HeldMemory, party: string, megabytes: number): boolean =>
    memory.take(party, megabytes * MEGABYTE, megabytes * MEGABYTE);

  it('is half a gigabyte, or three of the largest', () => {
    const [small, large] = [createHeldMemory(() => MEGABYTE), createHeldMemory(() => 1024 * MEGABYTE)];
    for (const party of ['a', 'b']) expect(take(small, party, 256)).toBe(true);
    expect(take(small, 'c', 2)).toBe(false);
    for (const party of ['a', 'b', 'c']) expect(take(large, party, 1024)).toBe(true);
    expect(take(large, 'd', 2)).toBe(false);
    small.give('a', 2 * MEGABYTE);
    expect(take(small, 'c', 2)).toBe(true);
  });

  it('is never all for one address', () => {
    const memory = createHeldMemory(() => LARGEST);
    for (let count = 0; count < 3; count += 1) expect(take(memory, 'loud', 100)).toBe(true);
    expect(take(memory, 'loud', 100)).toBe(false);
    expect(take(memory, 'quiet', 100)).toBe(true);
  });

  it('always has room for what is small, also for who has much already', () => {
    const memory = createHeldMemory(() => LARGEST);
    for (const party of ['a', 'b', 'c', 'd', 'e']) expect(take(memory, party, 100)).toBe(true);
    expect(take(memory, 'f', 100)).toBe(false);
    for (let count = 0; count < 64; count += 1) expect(take(memory, 'a', 1)).toBe(true);
    expect(take(memory, 'a', 12)).toBe(false);
  });

  it('counts a piece of a large one as large', () => {
    const memory = createHeldMemory(() => LARGEST);
    for (const party of ['a', 'b', 'c', 'd', 'e']) expect(take(memory, party, 100)).toBe(true);
    expect(memory.take('f', 13 * MEGABYTE, 100 * MEGABYTE)).toBe(false);
  });

  it('lets one caller hold the largest body packed and unpacked', () => {
    const memory = createHeldMemory(() => 1024 * MEGABYTE);
    expect([take(memory, 'a', 1024), take(memory, 'a', 1024)]).toEqual([true, true]);
  });

  it('is given back by callers who are answered and who hang up alike', { timeout: 240_000 }, async () => {
    const server = await startApp();
    server.runtime.answer = never;
    const packed = gzipSync(Buffer.alloc(90 * MEGABYTE, '1'));
    const ask = (body: Buffer | string) =>
      server.ask('/evaluate', { body, headers: typeof body === 'string' ? {} : { 'content-encoding': 'gzip' } });
    const head = `Host: localhost\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length}`;
    const sockets = Array.from({ length: 4 }, () => {
      const socket = server.connect();
      socket.write(`POST /evaluate HTTP/1.1\r\n${head}\r\n\r\n`);
      socket.write(packed);
      return socket;
    });
    await vi.waitFor(() => expect(server.runtime.calls.length).toBe(4), { timeout: 120_000 });
    const { status, json } = await ask(packed);
    expect([status, json]).toMatchObject([503, { info: 'Try again in a moment.' }]);
    server.runtime.answer = () => Promise.resolve(answered('1'));
    expect((await ask('small')).status).toBe(200);
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(async () => expect((await ask(packed)).status).toBe(200), { timeout: 60_000 });
    for (let count = 0; count < 6; count += 1) expect((await ask(packed)).status).toBe(200);
  });
});
