import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { answered } from './support/fake-runtime.ts';
import { startApp } from './support/test-server.ts';

const MEGABYTE = 1024 * 1024;

describe('the fields of a function', () => {
  const LISTS = '{"name":"x","src_path":1,"schema":[' + '{},'.repeat(300_000) + '1]}';

  it.each([
    ['lists without end', LISTS],
    ['lists in lists', '['.repeat(500_000) + ']'.repeat(500_000)],
    ['lists that are never closed', '['.repeat(1_000_000)],
    ['keys without end', `{${Array.from({ length: 60_000 }, (_, at) => `"${at}":1`).join()}}`],
  ])('of %s are refused before they are parsed', async (_, text) => {
    const server = await startApp();
    const parsed = vi.spyOn(JSON, 'parse');
    for (const [path, method] of [
      ['/endpoints', 'POST'],
      ['/endpoints/none', 'PUT'],
    ] as const) {
      const reply = await server.ask(path, {
        method,
        body: gzipSync(text),
        headers: { 'content-encoding': 'gzip' },
      });
      expect([reply.status, reply.text]).toEqual([400, expect.stringContaining('The input body is too large.')]);
    }
    expect(parsed.mock.calls.filter(([given]) => given === text)).toEqual([]);
    parsed.mockRestore();
  });

  it.each(['POST', 'PUT'])('are a megabyte at most (%s)', async (method) => {
    const server = await startApp();
    const path = method === 'POST' ? '/endpoints' : '/endpoints/none';
    const body = gzipSync(JSON.stringify({ name: 'x'.repeat(90 * MEGABYTE) }));
    const reply = await server.ask(path, { method, body, headers: { 'content-encoding': 'gzip' } });
    expect(reply.status).toBe(413);
  });
});

describe('answers that nobody reads', () => {
  const ASK = 'POST /evaluate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n1';

  it('are refused once they hold too much memory, while small ones go on', { timeout: 120_000 }, async () => {
    const server = await startApp();
    server.runtime.answer = ({ body }) => Promise.resolve(answered(body.toString() === '1' ? large : 'small'));
    const large = 'x'.repeat(100 * MEGABYTE);
    const heads: string[] = [];
    const sockets = Array.from({ length: 8 }, () => {
      const socket = server.connect();
      socket.once('data', (part: Buffer) => {
        heads.push(part.toString('latin1', 0, 12));
        socket.pause();
      });
      socket.write(ASK);
      return socket;
    });
    await vi.waitFor(() => expect(heads).toHaveLength(8), { timeout: 60_000 });
    expect(heads.filter((head) => head === 'HTTP/1.1 200')).toHaveLength(3);
    expect(heads.filter((head) => head === 'HTTP/1.1 503')).toHaveLength(5);
    expect((await server.ask('/evaluate', { body: '2' })).text).toBe('small');
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(async () => expect((await server.ask('/evaluate', { body: '1' })).status).toBe(200), {
      timeout: 30_000,
    });
  });

  it('arrive whole at who reads them', async () => {
    const server = await startApp();
    const text = JSON.stringify(Array.from({ length: 500_000 }, (_, at) => at));
    server.runtime.answer = () => Promise.resolve(answered(text));
    const reply = await server.ask('/evaluate', { body: '1' });
    expect(reply.text).toBe(text);
    expect(reply.headers).toMatchObject({ 'content-length': String(text.length), 'content-type': 'application/json' });
    expect(server.records[0]?.responseBytes).toBe(text.length);
    const packed = await server.ask('/evaluate', { body: '1', headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers['content-encoding']).toBe('gzip');
  });
});

describe('a target', () => {
  it.each(['ftp://localhost/info', 'file:///etc/passwd', 'info', 'localhost:9004', '*'])(
    'that is neither a path nor an http address is refused: %s',
    async (target) => {
      const server = await startApp();
      const text = await server.raw(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      expect(text).toMatch(/^HTTP\/1\.1 4/);
    },
  );
});

describe('a request of another version', () => {
  it.each(['GET /info\r\n\r\n', 'GET /info HTTP/0.9\r\nHost: localhost\r\n\r\n'])('is refused: %j', async (text) => {
    const server = await startApp();
    expect(await server.raw(text)).toMatch(/^HTTP\/1\.1 400 /);
  });
});

describe('a caller that sends no request', () => {
  it('loses its connection, also when it does not hang up itself', async () => {
    const server = await startApp();
    const socket = server.connect();
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const ended = new Promise((resolve) => socket.once('end', resolve));
    socket.resume();
    socket.write('\u0016\u0003rubbish\r\n\r\n');
    await ended;
    // It goes on writing to find out: the server's end is gone, so the system says so.
    const write = setInterval(() => socket.write('x'), 100);
    await closed;
    clearInterval(write);
    expect(socket.destroyed).toBe(true);
  });
});
