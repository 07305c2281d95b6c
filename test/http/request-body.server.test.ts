import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { startApp } from './support/test-server.ts';
import type { TestServer } from './support/test-server.ts';

const MEGABYTE = 1024 * 1024;
const GZIP = { 'content-encoding': 'gzip' };

const tooLarge = (bytes: number) => ({
  message: `Request with size ${bytes} exceeded limit of ${MEGABYTE} (bytes).`,
  info: 'Request Entity Too Large',
});

/** A server that takes one megabyte, and must not have handed anything to Python at the end. */
const smallServer = (): Promise<TestServer> => startApp({ maxRequestMegabytes: 1 });

describe('a compressed body', () => {
  it.each(['gzip', 'x-gzip', ' GZIP '])('is unpacked (%s)', async (encoding) => {
    const server = await startApp();
    const reply = await server.ask('/evaluate', { body: gzipSync('"é"'), headers: { 'content-encoding': encoding } });
    expect([reply.status, reply.text]).toEqual([200, '"é"']);
    expect(server.records[0]?.requestBytes).toBe(4);
  });

  it.each(['/evaluate', '/query/add', '/endpoints'])('that is not compressed is 400 on %s', async (path) => {
    const server = await startApp();
    const reply = await server.ask(path, { body: '{"script": "return 1"}', headers: GZIP });
    expect([reply.status, reply.json]).toMatchObject([
      400,
      { message: 'The request has the header for gzip, but its body is not valid gzip.' },
    ]);
    expect(server.runtime.calls).toEqual([]);
  });

  it('that is cut short is 400', async () => {
    const server = await startApp();
    const whole = gzipSync('x'.repeat(1_000));
    expect((await server.ask('/evaluate', { body: whole.subarray(0, -9), headers: GZIP })).status).toBe(400);
  });

  it.each(['br', 'deflate', 'identity', 'gzip, gzip'])(
    'in another way (%s) goes to Python as it is',
    async (encoding) => {
      const server = await startApp();
      const reply = await server.ask('/evaluate', { body: '[1]', headers: { 'content-encoding': encoding } });
      expect([reply.status, reply.text]).toEqual([200, '[1]']);
    },
  );

  it('that is empty is empty', async () => {
    const server = await startApp();
    const reply = await server.ask('/endpoints', { method: 'POST', headers: GZIP });
    expect([reply.status, reply.json]).toEqual([400, { message: 'Input body cannot be empty', info: {} }]);
  });

  it('is not unpacked where gzip is switched off', async () => {
    const server = await startApp({ gzipEnabled: false });
    const packed = gzipSync('[1]');
    await server.ask('/evaluate', { body: packed, headers: GZIP });
    expect(server.runtime.calls[0]?.body).toEqual(packed);
  });

  it('that unpacks to more than the limit is 413', async () => {
    const server = await smallServer();
    const reply = await server.ask('/evaluate', { body: gzipSync(Buffer.alloc(50 * MEGABYTE)), headers: GZIP });
    expect([reply.status, reply.json]).toEqual([413, tooLarge(MEGABYTE + 1)]);
    expect(server.runtime.calls).toEqual([]);
  });

  it('that unpacks to exactly the limit is taken', async () => {
    const server = await smallServer();
    const reply = await server.ask('/evaluate', { body: gzipSync(Buffer.alloc(MEGABYTE, ' ')), headers: GZIP });
    expect(reply.status).toBe(200);
  });
});

describe('a body over the limit', () => {
  it('is refused before it is sent', async () => {
    const server = await smallServer();
    const text = await server.raw(
      `POST /evaluate HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${MEGABYTE + 1}\r\n\r\n`,
    );
    expect(text).toMatch(/^HTTP\/1\.1 413 Payload Too Large\r\n/);
    expect(text).toContain('"info": "Request Entity Too Large"');
    expect(text).toMatch(/^Connection: close\r$/m);
    expect(server.runtime.calls).toEqual([]);
  });

  it('is refused before a caller that asks first was told to go on', async () => {
    const server = await smallServer();
    const text = await server.raw(
      `POST /evaluate HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: ${MEGABYTE + 1}\r\n\r\n`,
    );
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
  });

  it.each(['/evaluate', '/query/add', '/endpoints'])(
    'is told its size and the limit on %s, though the caller sends on',
    async (path) => {
      const server = await smallServer();
      const reply = await server.ask(path, { body: Buffer.alloc(4 * MEGABYTE, ' ') });
      expect([reply.status, reply.json]).toEqual([413, tooLarge(4 * MEGABYTE)]);
    },
  );

  it('without a length is refused where it passes the limit', async () => {
    const server = await smallServer();
    const chunks = Array.from({ length: 40 }, () => Buffer.alloc(MEGABYTE / 10, ' '));
    const reply = await server.ask('/evaluate', { chunks });
    expect([reply.status, reply.json]).toMatchObject([413, { info: 'Request Entity Too Large' }]);
    expect(server.runtime.calls).toEqual([]);
  });

  it('leaves the server answering', async () => {
    const server = await smallServer();
    await Promise.allSettled(
      Array.from({ length: 20 }, () => server.ask('/evaluate', { body: Buffer.alloc(2 * MEGABYTE) })),
    );
    expect((await server.ask('/evaluate', { body: '1' })).text).toBe('1');
  });
});

describe('a body of exactly the limit', () => {
  it('is taken, with and without a length', async () => {
    const server = await smallServer();
    expect((await server.ask('/evaluate', { body: Buffer.alloc(MEGABYTE, ' ') })).status).toBe(200);
    const chunks = [Buffer.alloc(MEGABYTE - 1, ' '), Buffer.from(' ')];
    expect((await server.ask('/evaluate', { chunks })).status).toBe(200);
  });
});

describe('a caller that asks before it sends', () => {
  const head = (more: string): string =>
    `POST /evaluate HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n${more}\r\n\r\n`;

  it('is told to go on, then answered', async () => {
    const server = await startApp();
    const socket = server.connect();
    let text = '';
    const answered = new Promise<void>((resolve) => {
      socket.on('data', (part: Buffer) => {
        text += part.toString();
        if (text === 'HTTP/1.1 100 Continue\r\n\r\n') socket.write('[1]');
        if (text.endsWith('[1]')) resolve();
      });
    });
    socket.write(head('Content-Length: 3'));
    await answered;
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
  });

  it('is refused without going on when it may not come in', async () => {
    const server = await startApp();
    const text = await server.raw(head('Authorization: Basic eDp5\r\nContent-Length: 3'));
    expect(text).toMatch(/^HTTP\/1\.1 406 /);
    expect(text).toMatch(/^Connection: close\r$/m);
  });
});
