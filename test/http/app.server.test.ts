import { gunzipSync } from 'node:zlib';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { deployment } from '../functions/support/deployment.ts';
import { answered, never } from './support/fake-runtime.ts';
import { startApp } from './support/test-server.ts';

const SCRIPT = { data: { _arg1: [1, 2] }, script: 'return _arg1' };

describe('GET /info', () => {
  it('says what Tableau reads, byte for byte as TabPy lays it out', async () => {
    const server = await startApp();
    const reply = await server.ask('/info');
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toBe('application/json');
    expect(reply.text).toBe(
      '{"description": "", "creation_time": "1700000000", "state_path": "/the/data", "server_version": "2.16.0+test", ' +
        '"name": "TabPy Tray", "versions": {"v1": {"features": {"evaluate_enabled": true, "gzip_enabled": true, "arrow_enabled": false}}}}',
    );
  });

  it('tells what is switched off', async () => {
    const server = await startApp({ evaluateEnabled: false, gzipEnabled: false });
    expect((await server.ask('/info')).json).toMatchObject({
      versions: { v1: { features: { evaluate_enabled: false, gzip_enabled: false } } },
    });
  });

  it('and /status answer while Python never does', async () => {
    const server = await startApp();
    server.runtime.answer = never;
    const waiting = server.ask('/evaluate', { body: SCRIPT });
    waiting.catch(() => undefined);
    await vi.waitFor(() => expect(server.runtime.calls).toHaveLength(1));
    for (const path of ['/info', '/status', '/endpoints', '/']) expect((await server.ask(path)).status).toBe(200);
  });
});

describe('what is deployed', () => {
  it('is in /status and /endpoints', async () => {
    const server = await startApp();
    expect((await server.ask('/status')).text).toBe('{}');
    expect((await server.ask('/endpoints')).text).toBe('{}');
    await server.registry.deploy(deployment('add', { schema: { a: 'é' }, isPublic: true }), false);
    server.registry.noteLoad('add', 1, 'LoadFailed', 'why');
    expect((await server.ask('/status')).json).toEqual({
      add: { version: 1, type: 'model', status: 'LoadFailed', last_error: 'why' },
    });
    const shown = {
      description: 'what add does',
      type: 'model',
      version: 1,
      dependencies: [],
      target: null,
      creation_time: 1_700_000_000,
      last_modified_time: 1_700_000_000,
      schema: { a: 'é' },
      is_public: true,
      docstring: 'doc',
    };
    expect((await server.ask('/endpoints')).json).toEqual({ add: shown });
    expect((await server.ask('/endpoints/')).json).toEqual({ add: shown });
    expect((await server.ask('/endpoints/add')).json).toEqual(shown);
  });

  it('that is not there is 404', async () => {
    const server = await startApp();
    const reply = await server.ask('/endpoints/nope');
    expect([reply.status, reply.text]).toEqual([
      404,
      '{"message": "Unknown endpoint", "info": "Endpoint nope is not found"}',
    ]);
  });

  it('is on the page, with its texts as text', async () => {
    const server = await startApp({ name: '<b>"Ann\'s" & co</b>' });
    await server.registry.deploy(deployment('add'), false);
    server.registry.noteLoad('add', 1, 'LoadFailed', '<script>alert(1)</script>');
    const { status, headers, text } = await server.ask('/');
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(text).toContain('&lt;b&gt;&quot;Ann&#39;s&quot; &amp; co&lt;/b&gt;');
    expect(text).not.toContain('<script>');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });
});

describe('a script', () => {
  it('goes to Python byte by byte, and the answer comes back so', async () => {
    const server = await startApp();
    const body = Buffer.from([0, 255, 13, 10, 34]);
    server.runtime.answer = (call) => Promise.resolve({ ...answered(''), body: call.body } as never);
    const reply = await server.ask('/evaluate', {
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(reply.bytes).toEqual(body);
    expect(reply.headers['content-type']).toBe('application/json');
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('of one user never has the key of another', async () => {
    const server = await startApp();
    for (const user of ['ann', 'bob', 'ann', '']) {
      await server.ask('/evaluate', { body: SCRIPT, headers: user ? { 'TabPy-User': user } : {} });
    }
    const keys = server.runtime.calls.map((call) => call.caller?.key);
    expect(keys[0]).toBe(keys[2]);
    expect(new Set(keys).size).toBe(3);
  });

  it.each([
    [{ kind: 'deadline', afterMs: 1 }, 408, 'User defined script timed out. Timeout is set to 30.0 s.', {}],
    [
      { kind: 'memory', residentBytes: 2e9, limitBytes: 1.5e9 },
      500,
      'Error processing script',
      'MemoryError : The script was stopped because it needed more than 1500 MB. Send fewer rows, or raise the memory limit.',
    ],
    [
      { kind: 'stopped', why: 'a user stopped it' },
      500,
      'Error processing script',
      'Stopped : The script was stopped: a user stopped it.',
    ],
  ] as const)('that ended with %j is told so', async (reason, status, message, info) => {
    const server = await startApp();
    server.runtime.answer = () => Promise.resolve({ kind: 'ended', reason });
    const reply = await server.ask('/evaluate', { body: SCRIPT });
    expect([reply.status, reply.json]).toEqual([status, { message, info }]);
    expect(server.records[0]?.failure).toBe(message);
  });

  it.each([
    [{ kind: 'overloaded', waiting: 9 }, 503, 'Too many requests are waiting for Python.'],
    [{ kind: 'closed' }, 503, 'The server is stopping.'],
    [{ kind: 'no-python', why: 'ended with exit code 1' }, 500, 'Error processing script'],
  ] as const)('that was refused with %j is told so', async (refusal, status, message) => {
    const server = await startApp();
    server.runtime.answer = () => Promise.resolve({ kind: 'refused', refusal });
    const reply = await server.ask('/evaluate', { body: SCRIPT });
    expect([reply.status, reply.json]).toMatchObject([status, { message }]);
    expect(reply.headers['retry-after']).toBe(refusal.kind === 'overloaded' ? '1' : undefined);
  });

  it("is refused with TabPy's words when scripts are switched off", async () => {
    const server = await startApp({ evaluateEnabled: false });
    const reply = await server.ask('/evaluate', { body: SCRIPT });
    expect([reply.status, reply.json]).toEqual([
      404,
      {
        message: 'Ad-hoc scripts have been disabled on this analytics extension, please contact your administrator.',
        info: {},
      },
    ]);
    expect(server.runtime.calls).toEqual([]);
  });

  it('that the server itself fails on is 500 without a word of why, which the log has', async () => {
    const server = await startApp();
    server.runtime.answer = () => Promise.reject(new Error('a secret path'));
    const reply = await server.ask('/evaluate', { body: SCRIPT });
    expect(reply.status).toBe(500);
    expect(reply.text).not.toContain('secret');
    expect(server.errors[0]).toContain('a secret path');
  });
});

describe('a query', () => {
  it('has its name decoded and its tag in quotes', async () => {
    const server = await startApp();
    server.runtime.answer = (call) => Promise.resolve(answered(JSON.stringify(call.name), { etag: 'abc' }));
    for (const [path, name] of [
      ['/query/add', 'add'],
      ['/query/%61dd?x=1', 'add'],
      ['/query/no%20args', 'no args'],
      ['/query/a%2Fb', 'a/b'],
      ['/query/%C3%A9', 'é'],
      ['/query/%2561dd', 'add'],
      ['/query/my%2520model', 'my model'],
    ] as const) {
      const reply = await server.ask(path, { body: '{}' });
      expect([reply.status, reply.json, reply.headers.etag]).toEqual([200, name, '"abc"']);
    }
  });

  it('may be a GET with a body', async () => {
    const server = await startApp();
    await server.ask('/query/add', { method: 'GET', body: '{"data": [1]}' });
    expect(server.runtime.calls[0]).toMatchObject({ op: 'query', name: 'add', body: Buffer.from('{"data": [1]}') });
  });

  it("whose function ended is told so in TabPy's form", async () => {
    const server = await startApp();
    server.runtime.answer = () => Promise.resolve({ kind: 'ended', reason: { kind: 'stopped', why: 'by hand' } });
    const reply = await server.ask('/query/add', { body: '{}' });
    expect([reply.status, reply.json]).toEqual([
      500,
      {
        message: "Error querying function 'add'",
        info: { uri: 'add', error: 'Stopped : The script was stopped: by hand.', type: 'QueryFailed' },
      },
    ]);
  });
});

describe('a path', () => {
  it.each([
    ['GET', '/unicorn', 404],
    ['GET', '/info/', 404],
    ['GET', '/Info', 404],
    ['GET', '/infox', 404],
    ['GET', '/endpoints/a/b', 404],
    ['POST', '/unicorn', 405],
    ['OPTIONS', '/unicorn', 405],
    ['POST', '/evaluate/', 405],
    ['OPTIONS', '/', 405],
    ['POST', '/', 405],
    ['HEAD', '/unicorn', 404],
    ['GET', '//info', 404],
    ['GET', '/../state.ini', 404],
    ['GET', '/%2e%2e/state.ini', 404],
    ['GET', '/evaluate', 405],
    ['PUT', '/evaluate', 405],
    ['DELETE', '/evaluate', 405],
    ['POST', '/info', 405],
    ['PUT', '/endpoints', 405],
    ['DELETE', '/endpoints', 405],
    ['PATCH', '/endpoints/x', 405],
    ['POST', '/endpoints/x', 405],
    ['PUT', '/query/add', 405],
    ['HEAD', '/info', 405],
  ])('with %s %s is %i', async (method, path, status) => {
    const server = await startApp();
    const reply = await server.ask(path, { method });
    expect(reply.status).toBe(status);
    expect(server.runtime.calls).toEqual([]);
    if (method !== 'HEAD') {
      expect(reply.json).toMatchObject({ message: status === 404 ? 'Not Found' : 'Method Not Allowed' });
    }
  });

  it.each([
    '/info',
    '/status',
    '/endpoints',
    '/endpoints/x',
    '/evaluate',
    '/query/x',
    '/configurations/endpoint_upload_destination',
  ])('answers OPTIONS %s with an empty object and no leave for other pages', async (path) => {
    const server = await startApp();
    const reply = await server.ask(path, { method: 'OPTIONS' });
    expect([reply.status, reply.text]).toEqual([200, '{}']);
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it.each(['/', '/index.html'])('answers HEAD %s without a body', async (page) => {
    const server = await startApp();
    expect((await server.ask(page)).text).toContain('<h1>TabPy Tray</h1>');
    const reply = await server.ask(page, { method: 'HEAD' });
    expect([reply.status, reply.text, reply.headers['content-type']]).toEqual([200, '', 'text/html; charset=utf-8']);
  });

  it.each([
    ['%zz', '%zz'],
    ['%', '%'],
    ['a%2', 'a%2'],
    ['%zz%20', '%zz '],
  ])('with what is no escape (%s) is a name like any other', async (path, name) => {
    const server = await startApp();
    await server.ask(`/query/${path}`, { body: '{}' });
    expect(server.runtime.calls[0]?.name).toBe(name);
    const reply = await server.ask(`/endpoints/${path}`);
    expect([reply.status, reply.json]).toEqual([
      404,
      { message: 'Unknown endpoint', info: `Endpoint ${name} is not found` },
    ]);
    expect((await server.ask(`/${path}`)).status).toBe(404);
  });

  it.each(['%E9', '%C3%28', '%E0%A4%A', '%ff%fe'])('whose escapes are no UTF-8 (%s) is 400', async (name) => {
    const server = await startApp();
    for (const path of [`/query/${name}`, `/endpoints/${name}`]) {
      const reply = await server.ask(path);
      expect([reply.status, reply.json]).toMatchObject([400, { message: 'Bad Request' }]);
    }
    expect(server.runtime.calls).toEqual([]);
    expect((await server.ask(`/${name}`)).status).toBe(404);
  });
});

describe('the door', () => {
  it('answers credentials with the 406 from which Tableau tells that none are wanted', async () => {
    const server = await startApp({ name: 'Ann' });
    for (const [path, method] of [
      ['/info', 'GET'],
      ['/endpoints', 'POST'],
      ['/evaluate', 'POST'],
      ['/query/x', 'GET'],
    ]) {
      const reply = await server.ask(path!, { method: method!, headers: { authorization: 'Basic dXNlcjE6cHc=' } });
      expect([reply.status, reply.text]).toEqual([
        406,
        '{"message": "Username or password provided when authentication not available.", "info": "Not Acceptable"}',
      ]);
      expect(reply.headers['www-authenticate']).toBe('Basic realm="Ann"');
    }
    expect(server.runtime.calls).toEqual([]);
  });

  it.each([
    ['GET', '/info', 'Bearer abc', 200],
    ['GET', '/info', 'Basic', 200],
    ['GET', '/info', 'Basic x', 200],
    ['GET', '/info', 'Basic dXNlcg==', 200],
    ['GET', '/', 'Basic dTpw', 200],
    ['GET', '/unicorn', 'Basic dTpw', 404],
    ['GET', '/evaluate', 'Basic dTpw', 405],
    ['OPTIONS', '/info', 'Basic dTpw', 200],
    ['OPTIONS', '/query/x', 'Basic dTpw', 200],
  ])('does not mind %s %s with %s', async (method, path, authorization, status) => {
    const server = await startApp();
    expect((await server.ask(path, { method, headers: { authorization } })).status).toBe(status);
  });

  it('keeps other names and other pages out of every path, also of those that do not exist', async () => {
    const server = await startApp({ allowedOrigins: ['https://good.example'] });
    for (const path of ['/info', '/evaluate', '/unicorn']) {
      for (const headers of [{ host: 'evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
        expect((await server.ask(path, { body: SCRIPT, headers })).status).toBe(403);
      }
    }
    expect(server.runtime.calls).toEqual([]);
    expect(
      (await server.ask('/info', { headers: { origin: 'https://good.example', 'sec-fetch-site': 'cross-site' } }))
        .status,
    ).toBe(200);
  });
});

describe('an answer', () => {
  const long = JSON.stringify('x'.repeat(5_000));

  it('is compressed for those who ask for it', async () => {
    const server = await startApp();
    const reply = await server.ask('/evaluate', { body: long, headers: { 'accept-encoding': 'deflate, gzip' } });
    expect(reply.headers['content-encoding']).toBe('gzip');
    expect(reply.headers.vary).toBe('Accept-Encoding');
    expect(gunzipSync(reply.bytes).toString()).toBe(long);
    expect(Number(reply.headers['content-length'])).toBe(reply.bytes.length);
  });

  it.each([
    ['nobody asks', long, {}],
    ['only others are asked for', long, { 'accept-encoding': 'identity' }],
    ['it is forbidden', long, { 'accept-encoding': 'gzip;q=0' }],
    ['it is short', '1', { 'accept-encoding': 'gzip' }],
  ])('is plain where %s', async (_, body, headers) => {
    const server = await startApp();
    const reply = await server.ask('/evaluate', { body, headers });
    expect(reply.headers['content-encoding']).toBeUndefined();
    expect(reply.headers.vary).toBe('Accept-Encoding');
    expect(reply.text).toBe(body);
  });

  it('is plain where compression is switched off', async () => {
    const server = await startApp({ gzipEnabled: false });
    const reply = await server.ask('/evaluate', { body: long, headers: { 'accept-encoding': 'gzip' } });
    expect(reply.headers['content-encoding']).toBeUndefined();
  });
});

describe('an answer that the caller has already', () => {
  it.each(['/info', '/status', '/endpoints', '/', '/query/add'])('is 304 without a body on GET %s', async (path) => {
    const server = await startApp();
    const first = await server.ask(path);
    const tag = first.headers.etag!;
    expect([first.status, tag]).toEqual([200, expect.stringMatching(/^"\w+"$/) as string]);
    for (const value of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
      const reply = await server.ask(path, { headers: { 'if-none-match': value } });
      expect([reply.status, reply.text, reply.headers['content-type']]).toEqual([304, '', undefined]);
    }
    expect((await server.ask(path, { headers: { 'if-none-match': '"x"' } })).status).toBe(200);
  });

  it('is sent again to who posts', async () => {
    const server = await startApp();
    server.runtime.answer = () => Promise.resolve(answered('1', { etag: 'abc' }));
    const reply = await server.ask('/query/add', { body: '{}', headers: { 'if-none-match': '"abc"' } });
    expect([reply.status, reply.text]).toEqual([200, '1']);
  });
});

describe('the record of a request', () => {
  it('has what came and went', async () => {
    const server = await startApp();
    const error = { type: 'NameError', text: "name 'x' is not defined", line: 1, traceback: null };
    const told = { status: 500, rows: [3, null], error: { ...error, cause: 'The script forgot x.' } } as const;
    server.runtime.answer = () => Promise.resolve(answered('{"message": "m"}', told));
    await server.ask('/evaluate?secret=1', {
      body: SCRIPT,
      headers: { 'TabPy-Client': 'Tableau Desktop', 'TabPy-User': 'ann' },
    });
    expect(server.records).toEqual([
      {
        id: 1,
        startedAt: expect.any(Number) as number,
        elapsedMs: expect.any(Number) as number,
        method: 'POST',
        path: '/evaluate',
        status: 500,
        requestBytes: JSON.stringify(SCRIPT).length,
        responseBytes: 16,
        client: 'Tableau Desktop',
        user: 'ann',
        remoteAddress: '127.0.0.1',
        failure: "NameError : name 'x' is not defined",
        verdict: 'failed',
        reason: 'The script forgot x.',
        line: 1,
        waitedMs: null,
        ranMs: null,
        rowsSent: 3,
        rowsBack: null,
        rejection: null,
        nullArguments: [],
      },
    ]);
  });

  it('comes with what was in it, unpacked', async () => {
    const server = await startApp();
    const script = { script: "return 'x' * 5000", data: {} };
    server.runtime.answer = () =>
      Promise.resolve(answered(`"${'x'.repeat(5_000)}"`, { prints: 'hello\n', printsDropped: 2 }));
    await server.ask('/evaluate', {
      body: gzipSync(JSON.stringify(script)),
      headers: { 'content-encoding': 'gzip', 'accept-encoding': 'gzip', 'TabPy-User': 'ann' },
    });
    const [content] = server.contents;
    expect(content).toMatchObject({
      prints: 'hello\n',
      printsDropped: 2,
      error: null,
      headers: { 'tabpy-user': 'ann' },
    });
    expect(JSON.parse(content!.request!.toString())).toEqual(script);
    expect(content!.response!.toString()).toBe(`"${'x'.repeat(5_000)}"`);
  });

  it('is kept of refused requests too, each with a number of its own', async () => {
    const server = await startApp();
    await server.ask('/nope');
    await server.ask('/info', { headers: { host: 'evil.example' } });
    await server.ask('/info');
    expect(server.records.map(({ id, status, failure }) => [id, status, failure])).toEqual([
      [1, 404, 'Not Found'],
      [2, 403, "This server does not accept requests for the name 'evil.example'."],
      [3, 200, null],
    ]);
  });
});
