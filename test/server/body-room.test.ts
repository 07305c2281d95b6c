import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { createBodyRoom } from '../../src-main/server/body-room.ts';
import { answered, never } from './support/fake-runtime.ts';
import { startApp } from './support/test-server.ts';

const MEGABYTE = 1024 * 1024;

describe('the room for bodies', () => {
  it('is half a gigabyte, or two of the largest bodies', () => {
    const [small, large] = [createBodyRoom(MEGABYTE), createBodyRoom(1024 * MEGABYTE)];
    expect([small.take(512 * MEGABYTE), small.take(1)]).toEqual([true, false]);
    expect([large.take(2048 * MEGABYTE), large.take(1)]).toEqual([true, false]);
    small.give(1);
    expect(small.take(1)).toBe(true);
  });

  it('is given back by callers who are answered and who hang up alike', { timeout: 240_000 }, async () => {
    const server = await startApp();
    server.runtime.answer = never;
    const packed = gzipSync(Buffer.alloc(90 * MEGABYTE, '1'));
    const ask = (body: Buffer | string) =>
      server.ask('/evaluate', { body, headers: typeof body === 'string' ? {} : { 'content-encoding': 'gzip' } });
    const head = `Host: localhost\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length}`;
    const sockets = Array.from({ length: 5 }, () => {
      const socket = server.connect();
      socket.write(`POST /evaluate HTTP/1.1\r\n${head}\r\n\r\n`);
      socket.write(packed);
      return socket;
    });
    await vi.waitFor(() => expect(server.runtime.calls.length).toBe(5), { timeout: 120_000 });
    const { status, json } = await ask(packed);
    expect([status, json]).toMatchObject([503, { info: 'Try again in a moment.' }]);
    server.runtime.answer = () => Promise.resolve(answered('1'));
    expect((await ask('small')).status).toBe(200);
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(async () => expect((await ask(packed)).status).toBe(200), { timeout: 60_000 });
    for (let count = 0; count < 6; count += 1) expect((await ask(packed)).status).toBe(200);
  });
});
