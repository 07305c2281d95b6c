import { once } from 'node:events';
import { connect } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { answered, startApp } from './support/running-app.ts';

const json = async (response: Response): Promise<unknown> => response.json();
const post = (url: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(url, { method: 'POST', body, headers });
const hasAnswer = (sofar: string): boolean => /\r\n\r\n.*[}\d]$/s.test(sofar);

describe('the server', () => {
  it('answers /info and /status while Python is busy for ever', async () => {
    const { url } = await startApp({ answer: () => new Promise(() => undefined) });
    const stuck = new AbortController();
    const call = fetch(`${url}/evaluate`, { method: 'POST', body: '{}', signal: stuck.signal });
    expect(await json(await fetch(`${url}/info`))).toMatchObject({ creation_time: '5', name: 'TabPy Tray' });
    expect(await json(await fetch(`${url}/status`))).toEqual({});
    stuck.abort();
    await expect(call).rejects.toThrow('aborted');
  });

  it('hands a body to Python as it came, and its answer back', async () => {
    const app = await startApp({ answer: () => Promise.resolve(answered('{"a": 1.0}')) });
    const response = await post(`${app.url}/evaluate`, '  {"script": 1.0}\n');
    expect(await response.text()).toBe('{"a": 1.0}');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(app.asked[0]?.body.toString()).toBe('  {"script": 1.0}\n');
  });

  it('writes its own answers as Python would', async () => {
    const { url } = await startApp();
    const response = await fetch(`${url}/endpoints/nope`);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('{"message": "Unknown endpoint", "info": "Endpoint nope is not found"}');
  });

  it.each([
    ['GET', '/evaluate', 405],
    ['PATCH', '/endpoints', 405],
    ['POST', '/endpoints/x', 405],
    ['DELETE', '/query/x', 405],
    ['HEAD', '/info', 405],
    ['HEAD', '/nothing', 404],
    ['HEAD', '/', 200],
    ['GET', '/Info', 404],
    ['GET', '/info/', 404],
    ['GET', '/endpoints/', 200],
    ['OPTIONS', '/endpoints/x', 200],
    ['OPTIONS', '/unicorn', 404],
    ['GET', '/endpoints/%E0%A4%A', 404],
  ])('answers %s %s with %i', async (method, route, status) => {
    const { url } = await startApp();
    expect((await fetch(`${url}${route}`, { method })).status).toBe(status);
  });

  it('answers 406 to credentials that it did not ask for', async () => {
    const { url } = await startApp();
    const response = await fetch(`${url}/info`, { headers: { authorization: 'Basic dTpw' } });
    expect(response.status).toBe(406);
    expect(response.headers.get('www-authenticate')).toBe('Basic realm="TabPy Tray"');
  });

  it('tells each caller apart by user and address', async () => {
    const app = await startApp();
    await post(`${app.url}/evaluate`, '{}', { 'TabPy-User': 'ann' });
    await post(`${app.url}/evaluate`, '{}', { 'TabPy-User': 'bob' });
    await post(`${app.url}/evaluate`, '{}', { 'TabPy-User': 'ann' });
    const keys = app.asked.map(({ caller }) => caller.key);
    expect(keys[0]).toBe(keys[2]);
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('keeps a record of what came and went', async () => {
    const app = await startApp({
      answer: () => Promise.resolve({ kind: 'ended', reason: { kind: 'deadline', afterMs: 30_000 } }),
    });
    const response = await post(`${app.url}/evaluate`, '{"x":1}', {
      'TabPy-Client': 'Tableau Desktop',
      'TabPy-User': 'ann',
    });
    expect(await json(response)).toEqual({
      message: 'User defined script timed out. Timeout is set to 30.0 s.',
      info: {},
    });
    expect(app.records).toMatchObject([
      { method: 'POST', path: '/evaluate', status: 408, requestBytes: 7, client: 'Tableau Desktop', user: 'ann' },
    ]);
  });

  it('tells why Python did not answer, in the shape of /query', async () => {
    const { url } = await startApp({
      answer: () => Promise.resolve({ kind: 'ended', reason: { kind: 'exited', code: null, signal: 'SIGSEGV' } }),
    });
    const response = await post(`${url}/query/add`, '{"data": []}');
    expect(response.status).toBe(500);
    expect(await json(response)).toEqual({
      message: "Error querying function 'add'",
      info: { uri: 'add', type: 'QueryFailed', error: expect.stringMatching(/^PythonCrashed : .*SIGSEGV.*fresh one/) },
    });
  });

  it('tells Python’s runtime when a caller hangs up', async () => {
    const left = Promise.withResolvers<void>();
    const { port } = await startApp({
      answer: (_, __, caller) => {
        caller.left?.addEventListener('abort', () => left.resolve());
        return new Promise(() => undefined);
      },
    });
    const socket = connect({ port, host: '127.0.0.1' });
    socket.write('POST /evaluate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}');
    await once(socket, 'connect');
    socket.destroy();
    await expect(left.promise).resolves.toBeUndefined();
  });
});

describe('a body', () => {
  const settings = { maxRequestMegabytes: 1 };

  it('over the limit is refused before it is sent', async () => {
    const app = await startApp({ settings });
    const head = 'POST /evaluate HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048577\r\n\r\n';
    expect(await app.raw(head, hasAnswer)).toMatch(
      /^HTTP\/1\.1 413 .*Request with size 1048577 exceeded limit of 1048576 \(bytes\)\./s,
    );
    expect(app.asked).toEqual([]);
  });

  it('over the limit is refused when its sender waits for "100 Continue"', async () => {
    const app = await startApp({ settings });
    const head =
      'POST /evaluate HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 1048577\r\n\r\n';
    const answer = await app.raw(head);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/\r\nConnection: close\r\n/i);
  });

  it('within the limit is asked for with "100 Continue"', async () => {
    const app = await startApp({ settings });
    const head = 'POST /evaluate HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n';
    expect(await app.raw(head, (sofar) => sofar.length > 0)).toMatch(/^HTTP\/1\.1 100 Continue/);
  });

  it('in chunks is refused once it passes the limit', async () => {
    const app = await startApp({ settings });
    const chunk = `80000\r\n${'x'.repeat(0x80000)}\r\n`;
    const request = `POST /evaluate HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(3)}0\r\n\r\n`;
    expect(await app.raw(request, hasAnswer)).toMatch(/^HTTP\/1\.1 413 /);
    expect(app.asked).toEqual([]);
  });

  it('that is gzip is unpacked', async () => {
    const app = await startApp({ settings });
    await post(`${app.url}/evaluate`, gzipSync('{"a":1}'), { 'content-encoding': 'gzip' });
    expect(app.asked[0]?.body.toString()).toBe('{"a":1}');
  });

  it('that only says it is gzip is refused', async () => {
    const { url } = await startApp({ settings });
    expect((await post(`${url}/evaluate`, '{}', { 'content-encoding': 'gzip' })).status).toBe(400);
  });

  it('in an encoding that is not known is refused', async () => {
    const { url } = await startApp({ settings });
    expect((await post(`${url}/evaluate`, '{}', { 'content-encoding': 'br' })).status).toBe(415);
  });

  it('that unpacks beyond the limit is refused', async () => {
    const app = await startApp({ settings });
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect((await post(`${app.url}/evaluate`, bomb, { 'content-encoding': 'gzip' })).status).toBe(413);
    expect(app.asked).toEqual([]);
  });
});

describe('an answer', () => {
  const long = JSON.stringify('x'.repeat(5_000));

  it('is gzip for who asks for it', async () => {
    const app = await startApp({ answer: () => Promise.resolve(answered(long)) });
    const request =
      'POST /evaluate HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}';
    const answer = await app.raw(request);
    expect(answer).toMatch(/Content-Encoding: gzip/i);
    const body = Buffer.from(answer.slice(answer.indexOf('\r\n\r\n') + 4), 'latin1');
    expect(gunzipSync(body).toString()).toBe(long);
  });

  it.each([
    ['nobody asked', '', {}],
    ['it is switched off', 'Accept-Encoding: gzip\r\n', { gzipEnabled: false }],
  ])('is plain when %s', async (_, header, settings) => {
    const app = await startApp({ settings, answer: () => Promise.resolve(answered(long)) });
    const answer = await app.raw(
      `POST /evaluate HTTP/1.1\r\nHost: localhost\r\n${header}Connection: close\r\nContent-Length: 2\r\n\r\n{}`,
    );
    expect(answer).not.toMatch(/Content-Encoding/i);
    expect(answer.endsWith(long)).toBe(true);
  });
});

describe('a request that two servers could read differently', () => {
  it.each([
    ['two lengths', 'Content-Length: 2\r\nContent-Length: 5\r\n'],
    ['a length and chunks', 'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n'],
    ['chunks that are not last', 'Transfer-Encoding: chunked, identity\r\n'],
    ['a length with a sign', 'Content-Length: +2\r\n'],
    ['a folded line', 'X-Long: a\r\n b\r\nContent-Length: 2\r\n'],
    ['a blank before the colon', 'Content-Length : 2\r\n'],
    ['no name', ': 2\r\n'],
  ])('because of %s does not reach Python', async (_, headers) => {
    const app = await startApp();
    const answer = await app.raw(`POST /evaluate HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n{}`, hasAnswer);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(app.asked).toEqual([]);
  });

  it('because of its size is refused', async () => {
    const app = await startApp();
    const answer = await app.raw(`GET /info HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(64 * 1024)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
  });
});

describe('managing functions over HTTP', () => {
  const put = (url: string, body: unknown): Promise<Response> =>
    fetch(url, { method: 'PUT', body: JSON.stringify(body) });

  it.each([
    ['', 'Input body cannot be empty'],
    ['no json', 'Failed to decode input body'],
    ['{}', 'name is required to add an endpoint.'],
    ['{"name": 5}', 'Endpoint name must be a string'],
    ['{"name": "bad!"}', 'endpoint name can only contain: a-z, A-Z, 0-9, underscore, hyphens and spaces.'],
    ['{"name": "f"}', 'src_path is required to add/update an endpoint.'],
    ['{"name": "f", "src_path": 5}', 'src_path must be a string.'],
    ['{"name": "f", "type": "alias"}', 'Target is required for alias endpoint.'],
    ['{"name": "f", "type": "alias", "target": "g"}', 'Error when changing TabPy state: target endpoint is not valid.'],
    ['{"name": "f", "src_path": "/etc"}', 'No function was found at /etc.'],
    ['{"name": "f", "src_path": "../../etc"}', 'No function was found at ../../etc.'],
  ])('answers 400 to POST /endpoints %j', async (body, message) => {
    const { url } = await startApp();
    const response = await post(`${url}/endpoints`, body);
    expect(response.status).toBe(400);
    expect(await json(response)).toMatchObject({ message });
  });

  it('does not know a function that is not there', async () => {
    const { url } = await startApp();
    expect(await json(await put(`${url}/endpoints/f`, { src_path: 'x' }))).toEqual({
      message: 'endpoint f does not exist.',
      info: {},
    });
    const removal = await fetch(`${url}/endpoints/f`, { method: 'DELETE' });
    expect(removal.status).toBe(404);
  });

  it('makes, updates, aliases and removes a function', async () => {
    const { url, registry } = await startApp();
    await registry.deploy(
      {
        name: 'f',
        description: 'first',
        docstring: 'doc',
        schema: { a: 1 },
        isPublic: true,
        methods: [],
        pickle: Buffer.from('pickle'),
        source: null,
        libraries: {},
        isNewVersion: true,
      },
      false,
    );
    const { path: staging } = (await json(await fetch(`${url}/configurations/endpoint_upload_destination`))) as {
      path: string;
    };
    const source = `${staging}/endpoints/f/1`;
    expect(await json(await put(`${url}/endpoints/f`, { src_path: source, description: '' }))).toMatchObject({
      f: { version: 1, description: 'first', docstring: 'doc', schema: null, is_public: false },
    });
    expect(
      await json(await put(`${url}/endpoints/f`, { src_path: source, should_update_version: true })),
    ).toMatchObject({
      f: { version: 2, docstring: 'doc' },
    });
    expect(
      await json(await post(`${url}/endpoints`, JSON.stringify({ name: 'g', type: 'alias', target: 'f' }))),
    ).toMatchObject({
      g: { type: 'alias', target: 'f', dependencies: ['f'] },
    });
    expect((await fetch(`${url}/endpoints/f`, { method: 'DELETE' })).status).toBe(204);
    expect(Object.keys((await json(await fetch(`${url}/endpoints`))) as object)).toEqual(['g']);
  });
});
