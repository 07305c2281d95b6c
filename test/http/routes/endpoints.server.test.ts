import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSourceFile } from '../../../src-main/http/source-files.ts';
import { deployment } from '../../functions/support/deployment.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { foundIn } from '../support/fake-runtime.ts';
import { startApp } from '../support/test-server.ts';
import type { TestServer } from '../support/test-server.ts';

/** Leaves a pickle as TabPy's client does; answers its `src_path`. */
function stage(server: TestServer, name: string, pickle: string, version = 1): string {
  const folder = path.join(server.uploads, 'endpoints', name, String(version));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'pickle_archive'), pickle);
  return folder;
}

const add = (server: TestServer, body: unknown) => server.ask('/endpoints', { method: 'POST', body });
const update = (server: TestServer, name: string, body: unknown) =>
  server.ask(`/endpoints/${name}`, { method: 'PUT', body });

const BAD_NAME = 'endpoint name can only contain: a-z, A-Z, 0-9, underscore, hyphens and spaces.';
const BAD_TARGET = 'Error when changing TabPy state: target endpoint is not valid.';

describe('what lies in the upload folder', () => {
  it('is refused before it is read when it is larger than all functions may be', async () => {
    const server = await startApp();
    const folder = stage(server, 'big', '');
    truncateSync(path.join(folder, 'pickle_archive'), 1_900_000_000);
    const before = process.memoryUsage().rss;
    const reply = await add(server, { name: 'big', src_path: folder, type: 'model' });
    expect([reply.status, reply.json]).toEqual([
      400,
      { message: 'The saved function is larger than 200 MB. Make it smaller.', info: {} },
    ]);
    expect(process.memoryUsage().rss - before).toBeLessThan(500_000_000);
  });

  it.skipIf(process.platform === 'win32')('is not waited for when it is a pipe, however many there are', async () => {
    const server = await startApp();
    const folders = Array.from({ length: 8 }, (_, one) => stage(server, `p${one}`, ''));
    for (const folder of folders) {
      rmSync(path.join(folder, 'pickle_archive'));
      execFileSync('mkfifo', [path.join(folder, 'pickle_archive')]);
    }
    const replies = await Promise.all(
      folders.map((folder, one) => add(server, { name: `p${one}`, src_path: folder, type: 'model' })),
    );
    expect(replies.map(({ status }) => status)).toEqual(folders.map(() => 400));
  });
});

describe('POST /endpoints', () => {
  it.each([
    ['', 'Input body cannot be empty'],
    [{}, 'name is required to add an endpoint.'],
    [[], 'name is required to add an endpoint.'],
    ['null', 'name is required to add an endpoint.'],
    ['5', 'name is required to add an endpoint.'],
    [{ description: 'x' }, 'name is required to add an endpoint.'],
    [{ name: 5 }, 'Endpoint name must be a string'],
    [{ name: null }, 'Endpoint name must be a string'],
    [{ name: 'add', src_path: 'x' }, 'endpoint add already exists.'],
    [{ name: 'a.b', src_path: 'x' }, BAD_NAME],
    [{ name: '', src_path: 'x' }, BAD_NAME],
    [{ name: '../x', src_path: 'x' }, BAD_NAME],
    [{ name: 'w' }, 'src_path is required to add/update an endpoint.'],
    [{ name: 'w', src_path: '' }, 'src_path is required to add/update an endpoint.'],
    [{ name: 'w', src_path: {} }, 'src_path is required to add/update an endpoint.'],
    [{ name: 'w', src_path: 5 }, 'src_path must be a string.'],
    [{ name: 'w', src_path: ['a'] }, 'src_path must be a string.'],
    [{ name: 'w', src_path: '/a;b' }, 'Invalid source path for endpoint w'],
    [{ name: 'w', src_path: '/é' }, 'Invalid source path for endpoint w'],
    [{ name: 'w', type: 'alias' }, 'Target is required for alias endpoint.'],
    [{ name: 'w', type: 'alias', target: 5 }, 'target must be a string.'],
    [{ name: 'w', type: 'alias', target: 'nope' }, BAD_TARGET],
  ])('with %j is 400 in the words of TabPy', async (body, message) => {
    const server = await startApp();
    await server.registry.deploy(deployment('add'), false);
    const { revision } = server.registry.snapshot();
    const reply = await add(server, body);
    expect([reply.status, reply.json]).toEqual([400, { message, info: {} }]);
    expect(server.registry.snapshot().revision).toBe(revision);
  });

  it.each([
    [{}, 'endpoint type must be a string.'],
    [{ type: 5 }, 'endpoint type must be a string.'],
    [{ type: 'model', description: 5 }, 'description must be a string.'],
    [{ type: 'model', docstring: ['d'] }, 'docstring must be a string.'],
    [{ type: 'model', dependencies: 'add' }, 'dependencies must be a list.'],
  ])('of a function with %j is 400 in the words of TabPy', async (fields, why) => {
    const server = await startApp();
    const reply = await add(server, { name: 'w', src_path: stage(server, 'w', 'p'), ...fields });
    expect([reply.status, reply.json]).toEqual([400, { message: `Error when changing TabPy state: ${why}`, info: {} }]);
    expect(server.registry.snapshot().endpoints.size).toBe(0);
  });

  it.each(['not json', Buffer.from('{"name": "\xe9"}', 'latin1'), '\uFEFF{"name": "w"}'])(
    'that is no JSON says so',
    async (body) => {
      const server = await startApp();
      const reply = await add(server, body);
      expect([reply.status, reply.json]).toEqual([
        400,
        { message: 'Failed to decode input body', info: expect.any(String) as string },
      ]);
    },
  );

  it('stores what the client left, and shows it', async () => {
    const server = await startApp();
    const srcPath = stage(server, 'add', 'the pickle');
    const reply = await add(server, { name: 'add', type: 'model', description: 'd', methods: [], src_path: srcPath });
    expect([reply.status, reply.json]).toEqual([
      201,
      {
        add: {
          description: 'd',
          type: 'model',
          version: 1,
          dependencies: [],
          target: null,
          creation_time: 1_700_000_000,
          last_modified_time: 1_700_000_000,
          schema: null,
          is_public: false,
          docstring: '-- no docstring found in query function --',
        },
      },
    ]);
    expect((await server.registry.readPickle('add', 1))?.toString()).toBe('the pickle');
    expect(server.runtime.calls[0]).toMatchObject({ op: 'inspect', body: Buffer.from('the pickle') });
  });

  it('takes a relative path, and a version that was deployed another way', async () => {
    const server = await startApp();
    await server.registry.deploy(deployment('add'), false);
    const reply = await add(server, { name: 'copy', type: 'model', src_path: 'endpoints/add/1' });
    expect(reply.status).toBe(201);
    expect((await server.registry.readPickle('copy', 1))?.toString()).toBe('pickle of add');
  });

  it('may be built anew from its source only where somebody on this computer left it on the disk', async () => {
    const server = await startApp();
    await server.registry.deploy(deployment('made-by-a-script'), false);
    await add(server, { name: 'a', type: 'model', src_path: stage(server, 'a', 'p') });
    await add(server, { name: 'b', type: 'model', src_path: 'endpoints/made-by-a-script/1' });
    expect(server.runtime.calls.map(({ readSource }) => readSource)).toEqual([readSourceFile, null]);
  });

  it('is kept as it was built anew, and known again by what the client left', async () => {
    const server = await startApp();
    const libraries = { sklearn: '1.8.0' };
    const notes = ['Tree: saved by another version'];
    server.runtime.found = () =>
      foundIn(Buffer.from('anew'), { isRebuilt: true, source: 'def a(): 1', libraries, notes });
    const srcPath = stage(server, 'a', 'as it came');
    await add(server, { name: 'a', type: 'model', src_path: srcPath });
    expect((await server.registry.readPickle('a', 1))?.toString()).toBe('anew');
    const body = { name: 'a', type: 'model', description: 'new words', src_path: srcPath };
    const put = await server.ask('/endpoints/a', { method: 'PUT', body });
    expect(put).toMatchObject({ status: 200, json: { a: { version: 1, description: 'new words' } } });
    expect(server.runtime.calls).toHaveLength(1);
  });

  it('stores a function that Python cannot load, and tells why in /status', async () => {
    const server = await startApp();
    server.runtime.found = () => ({ error: 'ModuleNotFoundError : No module named x', why: null, isPythonAway: false });
    expect((await add(server, { name: 'add', type: 'model', src_path: stage(server, 'add', 'p') })).status).toBe(201);
    expect((await server.ask('/status')).json).toEqual({
      add: { version: 1, type: 'model', status: 'LoadFailed', last_error: 'ModuleNotFoundError : No module named x' },
    });
  });

  it.each(['/etc', '../../etc', 'endpoints/nope/1', 'endpoints/add/../../..', '..'])(
    'reads nothing at %s',
    async (srcPath) => {
      const server = await startApp();
      const reply = await add(server, { name: 'w', src_path: srcPath });
      expect([reply.status, reply.json]).toMatchObject([400, { message: `There is no saved function at ${srcPath}.` }]);
      expect(server.registry.snapshot().endpoints.size).toBe(0);
    },
  );

  it('reads nothing outside the folder, even by a path that begins like it', async () => {
    const server = await startApp();
    const beside = `${server.uploads}-beside`;
    mkdirSync(beside);
    writeFileSync(path.join(beside, 'pickle_archive'), 'secret');
    expect((await add(server, { name: 'w', src_path: beside })).status).toBe(400);
  });

  it('makes an alias', async () => {
    const server = await startApp();
    await server.registry.deploy(deployment('add'), false);
    const reply = await add(server, { name: 'plus', type: 'alias', target: 'add' });
    expect([reply.status, reply.json]).toMatchObject([
      201,
      { plus: { type: 'alias', target: 'add', version: 1, dependencies: ['add'] } },
    ]);
  });

  it('that comes twice at once makes one function', async () => {
    const server = await startApp();
    const body = { name: 'add', type: 'model', src_path: stage(server, 'add', 'p') };
    const replies = await Promise.all([add(server, body), add(server, body), add(server, body)]);
    expect(replies.map((reply) => reply.status).toSorted((a, b) => a - b)).toEqual([201, 400, 400]);
  });
});

describe('PUT /endpoints/:name', () => {
  it.each([
    ['', 400, 'Input body cannot be empty'],
    [{}, 400, 'src_path is required to add/update an endpoint.'],
    [{ description: 'other' }, 400, 'src_path is required to add/update an endpoint.'],
    [{ src_path: 5 }, 400, 'src_path must be a string.'],
  ])('with %j is refused and changes nothing', async (body, status, message) => {
    const server = await startApp();
    await server.registry.deploy(deployment('add'), false);
    const before = server.registry.snapshot();
    const reply = await update(server, 'add', body);
    expect([reply.status, reply.json]).toEqual([status, { message, info: {} }]);
    expect(server.registry.snapshot()).toBe(before);
  });

  it('of what is not there is 404', async () => {
    const server = await startApp();
    const reply = await update(server, 'nope', { src_path: 'x' });
    expect([reply.status, reply.json]).toEqual([404, { message: 'endpoint nope does not exist.', info: {} }]);
  });

  it('drops schema and leave to see it that are not said, keeps description and docstring', async () => {
    const server = await startApp();
    await server.registry.deploy(deployment('add', { schema: { a: 1 }, isPublic: true }), false);
    const reply = await update(server, 'add', { type: 'model', src_path: 'endpoints/add/1' });
    expect([reply.status, reply.json]).toMatchObject([
      200,
      { add: { version: 1, description: 'what add does', docstring: 'doc', schema: null, is_public: false } },
    ]);
    expect(server.runtime.calls).toEqual([]);
  });

  it('takes a new docstring and a new description, and keeps those that come empty', async () => {
    const server = await startApp();
    await server.registry.deploy(deployment('add'), false);
    const same = { type: 'model', src_path: 'endpoints/add/1' };
    const reply = await update(server, 'add', { ...same, docstring: 'new doc', description: 'new' });
    expect(reply.json).toMatchObject({ add: { version: 1, docstring: 'new doc', description: 'new' } });
    const again = await update(server, 'add', { ...same, docstring: '', description: null });
    expect(again.json).toMatchObject({ add: { version: 1, docstring: 'new doc', description: 'new' } });
  });

  it('counts the version up only when it is told to', async () => {
    const server = await startApp();
    await server.registry.deploy(deployment('add'), false);
    const other = { src_path: stage(server, 'add', 'second', 2) };
    expect((await update(server, 'add', other)).json).toMatchObject({ add: { version: 1 } });
    expect((await server.registry.readPickle('add', 1))?.toString()).toBe('second');
    const next = { ...other, should_update_version: true, is_public: true };
    expect((await update(server, 'add', next)).json).toMatchObject({ add: { version: 2, is_public: true } });
  });

  it('gives an alias another target', async () => {
    const server = await startApp();
    for (const name of ['add', 'sub']) await server.registry.deploy(deployment(name), false);
    await server.registry.addAlias('op', 'add', 'an operation');
    expect((await update(server, 'op', { target: 'sub' })).json).toMatchObject({
      op: { target: 'sub', description: 'an operation' },
    });
    const reply = await update(server, 'op', { target: 'nope' });
    expect([reply.status, reply.json]).toEqual([400, { message: BAD_TARGET, info: {} }]);
  });
});

describe('DELETE /endpoints/:name', () => {
  it('of a function that an alias stands for is 400, until the alias is gone or stands for another', async () => {
    const server = await startApp();
    for (const name of ['add', 'other']) await server.registry.deploy(deployment(name), false);
    await add(server, { name: 'sum', type: 'alias', target: 'add' });
    const reply = await server.ask('/endpoints/add', { method: 'DELETE' });
    expect([reply.status, reply.json]).toEqual([
      400,
      {
        message: "Error when removing endpoint: Cannot remove endpoint add, it is currently used by ['sum'] endpoints.",
        info: {},
      },
    ]);
    await update(server, 'sum', { target: 'other' });
    expect((await server.ask('/endpoints/add', { method: 'DELETE' })).status).toBe(204);
    expect((await server.ask('/endpoints/sum', { method: 'DELETE' })).status).toBe(204);
    expect((await server.ask('/endpoints/other', { method: 'DELETE' })).status).toBe(204);
  });

  it('removes it without a word, also under a name with spaces', async () => {
    const server = await startApp();
    await server.registry.deploy(deployment('my model'), false);
    const reply = await server.ask('/endpoints/my%20model', { method: 'DELETE' });
    expect([reply.status, reply.text]).toEqual([204, '']);
    expect((await server.ask('/endpoints')).json).toEqual({});
  });

  it('of what is not there is 404', async () => {
    const server = await startApp();
    const reply = await server.ask('/endpoints/nope', { method: 'DELETE' });
    expect([reply.status, reply.json]).toEqual([404, { message: 'endpoint nope does not exist.', info: {} }]);
  });
});

describe('the folder for pickles', () => {
  it('is told to the client', async () => {
    const server = await startApp();
    expect((await server.ask('/configurations/endpoint_upload_destination')).json).toEqual({ path: server.uploads });
  });

  it('is not left by way of a link', async () => {
    const server = await startApp();
    const outside = temporaryFolder();
    writeFileSync(path.join(outside, 'pickle_archive'), 'secret');
    mkdirSync(path.join(server.uploads, 'endpoints'));
    symlinkSync(outside, path.join(server.uploads, 'endpoints/link'));
    expect((await add(server, { name: 'w', src_path: 'endpoints/link' })).status).toBe(400);
  });
});

describe('a disk that fails', () => {
  it('is named to who manages functions, and changes nothing', async () => {
    const server = await startApp();
    await server.registry.deploy(deployment('f'), false);
    const srcPath = stage(server, 'f', 'another pickle', 2);
    server.breakDisk();
    const { revision } = server.registry.snapshot();
    const body = { type: 'model', src_path: srcPath, should_update_version: true };
    for (const reply of [await update(server, 'f', body), await add(server, { ...body, name: 'g' })]) {
      expect(reply.status).toBe(500);
      expect(reply.json).toEqual({
        message: 'The function could not be stored.',
        info: expect.stringMatching(
          /^OSError : E\w+: .+ Free some disk space or allow writing to the data folder, then try again\.$/,
        ) as string,
      });
    }
    expect(server.registry.snapshot().revision).toBe(revision);
    expect((await server.ask('/status')).json).toMatchObject({ f: { version: 1, status: 'LoadSuccessful' } });
  });
});
