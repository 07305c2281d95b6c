import { describe, expect, it, vi } from 'vitest';
import { answered, never } from './support/fake-runtime.ts';
import { startApp } from './support/test-server.ts';

const post = (headers: string, body = ''): string =>
  `POST /evaluate HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n\r\n${body}`;

describe('a request that two servers could read in two ways', () => {
  it.each([
    [
      'a length and chunks',
      post('Content-Length: 3\r\nTransfer-Encoding: chunked', '0\r\n\r\nGET /info HTTP/1.1\r\nHost: localhost\r\n\r\n'),
    ],
    ['chunks and a length', post('Transfer-Encoding: chunked\r\nContent-Length: 3', '0\r\n\r\n')],
    ['two lengths', post('Content-Length: 1\r\nContent-Length: 2', '12')],
    ['two equal lengths', post('Content-Length: 1\r\nContent-Length: 1', '1')],
    ['a list of lengths', post('Content-Length: 1, 2', '12')],
    ['a negative length', post('Content-Length: -1')],
    ['a length with a sign', post('Content-Length: +1', '1')],
    ['a length in hex', post('Content-Length: 0x1', '1')],
    ['a folded header', post('X-One: a\r\n b\r\nContent-Length: 1', '1')],
    ['a folded length', post('Content-Length:\r\n 1', '1')],
    ['a space before the colon', post('Content-Length : 1', '1')],
    ['chunked that is not last', post('Transfer-Encoding: chunked, identity', '0\r\n\r\n')],
    ['an unknown encoding', post('Transfer-Encoding: xchunked', '0\r\n\r\n')],
    ['a chunk size with rubbish', post('Transfer-Encoding: chunked', '1x\r\n1\r\n0\r\n\r\n')],
    ['a chunk size that overflows', post('Transfer-Encoding: chunked', 'fffffffffffffffff\r\n1\r\n0\r\n\r\n')],
    ['a bare line feed in the head', 'POST /evaluate HTTP/1.1\nHost: localhost\nContent-Length: 1\n\n1'],
    ['a zero byte in a header', post('X-One: a\0b\r\nContent-Length: 1', '1')],
    ['two names', post('Host: evil.example\r\nContent-Length: 1', '1')],
    ['the same name twice', post('host: localhost\r\nContent-Length: 1', '1')],
    [
      'a target on another server',
      'POST http://evil.example/evaluate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n1',
    ],
    [
      'a target with another port',
      'POST http://localhost:81/evaluate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n1',
    ],
    ['an encoding before chunked', post('Transfer-Encoding: gzip, chunked', '1\r\n1\r\n0\r\n\r\n')],
    ['chunked twice', post('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked', '1\r\n1\r\n0\r\n\r\n')],
    [
      'chunks in HTTP/1.0',
      'POST /evaluate HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n1\r\n0\r\n\r\n',
    ],
    ['a head behind the last chunk', post('Transfer-Encoding: chunked', '1\r\n1\r\n0\r\nContent-Length: 5\r\n\r\n')],
    ['chunks that end in bare line feeds', post('Transfer-Encoding: chunked', '1\n1\n0\n\n')],
    [
      'a chunk with an endless extension',
      post('Transfer-Encoding: chunked', `1;${'x'.repeat(20_000)}\r\n1\r\n0\r\n\r\n`),
    ],
    ['a vertical tab before its encoding', post('Transfer-Encoding: \u000bchunked', '1\r\n1\r\n0\r\n\r\n')],
    ['a length beyond all numbers', post('Content-Length: 99999999999999999999', '1')],
    ['no length in its length', post('Content-Length: ', '1')],
    ['a name that is a number and a name', post('Content-Length: 1 1', '1')],
    ['a target with a backslash', 'GET \\info HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['the first words of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['no host', 'POST /evaluate HTTP/1.1\r\nContent-Length: 1\r\n\r\n1'],
    ['a method that does not exist', 'FOO /evaluate HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['another protocol', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['another version', 'POST /evaluate HTTP/9.9\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n1'],
    ['the end of the stream in its head', 'POST /evaluate HTTP/1.1\r\nHost: local'],
  ])('(%s) is 400, ends the connection and never reaches Python', async (_, text) => {
    const server = await startApp();
    const answer = await server.raw(text, true);
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer.match(/^HTTP\/1\.1 \d/gm)).toHaveLength(1);
    expect(server.runtime.calls).toEqual([]);
  });

  it.each([
    ['its own target in full', 'GET http://LOCALHOST:9004/info HTTP/1.1\r\nHost: localhost:9004\r\n\r\n'],
    ['a chunk with an extension', post('Transfer-Encoding: Chunked', '1;a=b\r\n1\r\n0\r\n\r\n')],
    [
      'a wish to become something else',
      'GET /info HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n',
    ],
  ])('(%s) is not among them', async (_, text) => {
    const server = await startApp();
    expect(await server.raw(text, true)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });

  it.each(['CONNECT evil.example:443', 'CONNECT localhost:22'])('(%s) makes no tunnel', async (line) => {
    const server = await startApp();
    expect(await server.raw(`${line} HTTP/1.1\r\nHost: localhost\r\n\r\n`)).not.toMatch(/^HTTP\/1\.1 2/);
  });

  it('with thousands of headers is refused', async () => {
    const server = await startApp();
    const headers = Array.from({ length: 3_000 }, (__, index) => `X-${index}: 1`).join('\r\n');
    expect(await server.raw(post(headers), true)).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('has a head of no more than 32 kB', async () => {
    const server = await startApp();
    expect(await server.raw(post(`X-Long: ${'x'.repeat(40_000)}`))).toMatch(/^HTTP\/1\.1 431 /);
    expect(server.runtime.calls).toEqual([]);
  });

  it('is answered in JSON that says what to make of it', async () => {
    const server = await startApp();
    const [head, body] = (await server.raw('nonsense\r\n\r\n')).split('\r\n\r\n');
    expect(head).toContain('Content-Type: application/json');
    expect(JSON.parse(body!)).toEqual({
      message: 'Bad Request',
      info: 'The request is not valid HTTP/1.1.',
    });
  });
});

describe('a caller that hangs up', () => {
  it('while Python works is told to the runtime', async () => {
    const server = await startApp();
    server.runtime.answer = never;
    const socket = server.connect();
    socket.write(post('Content-Length: 1', '1'));
    await vi.waitFor(() => expect(server.runtime.calls).toHaveLength(1));
    const left = server.runtime.calls[0]!.caller!.left!;
    expect(left.aborted).toBe(false);
    socket.destroy();
    await vi.waitFor(() => expect(left.aborted).toBe(true));
  });

  it('after its answer is not taken for one that left', async () => {
    const server = await startApp();
    await server.ask('/evaluate', { body: '1' });
    await server.ask('/info');
    expect(server.runtime.calls[0]!.caller!.left!.aborted).toBe(false);
  });

  it('in the middle of its body never reaches Python', async () => {
    const server = await startApp();
    const socket = server.connect();
    socket.write(post('Content-Length: 100', 'half'), () => socket.destroy());
    await vi.waitFor(() => expect(server.records).toHaveLength(1));
    expect(server.records[0]).toMatchObject({ status: 499, path: '/evaluate' });
    expect(server.runtime.calls).toEqual([]);
  });

  it('with its sending side only counts as one that left, as in TabPy', async () => {
    const server = await startApp();
    server.runtime.answer = never;
    const answering = server.raw(post('Content-Length: 3', '[7]'), true);
    await vi.waitFor(() => expect(server.runtime.calls[0]?.caller?.left?.aborted).toBe(true));
    expect(await answering).toBe('');
  });

  it('a hundred times leaves the server answering', async () => {
    const server = await startApp();
    server.runtime.answer = never;
    const stages = ['', 'POST /eva', post('Content-Length: 100', 'half'), post('Content-Length: 1', '1')];
    for (let count = 0; count < 100; count += 1) {
      const socket = server.connect();
      socket.write(stages[count % 4]!, () => socket.destroy());
    }
    expect((await server.ask('/info')).status).toBe(200);
    server.runtime.answer = () => Promise.resolve(answered('2'));
    expect((await server.ask('/evaluate', { body: '1' })).text).toBe('2');
    expect(server.errors).toEqual([]);
  });
});

describe('callers that dawdle', () => {
  it('keep nobody else waiting', async () => {
    const server = await startApp();
    const slow = Array.from({ length: 100 }, (_, index) => {
      const socket = server.connect();
      socket.write(index % 2 ? 'GET /info HTTP/1.1\r\nHost: loc' : post('Content-Length: 1000', 'x'));
      return socket;
    });
    expect((await server.ask('/info')).status).toBe(200);
    expect((await server.ask('/evaluate', { body: '1' })).text).toBe('1');
    for (const socket of slow) socket.destroy();
  });

  it('get their answers in the order in which they asked on one connection', async () => {
    const server = await startApp();
    const gets = ['/info', '/status', '/endpoints'].map((path) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    const text = await server.raw(`${gets.join('')}GET /nope HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1])).toEqual(['200', '200', '200', '404']);
  });

  it('may speak HTTP/1.0', async () => {
    const server = await startApp();
    expect(await server.raw('POST /evaluate HTTP/1.0\r\nContent-Length: 1\r\n\r\n1')).toMatch(/ 200 OK[\s\S]*\r\n1$/);
  });
});
