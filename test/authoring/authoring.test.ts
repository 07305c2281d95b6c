// What an author does with functions, on a registry of its own and a Python that says what a test wants.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Calls } from '../../src-shared/ipc.ts';
import { exportFile } from '../../src-main/functions/export-file.ts';
import { createExampleFiles } from '../../src-main/functions/store/example-files.ts';
import { deployedFunctionsOf } from '../../src-main/composition/deployed-functions.ts';
import type { Leaving } from '../../src-main/runtime/lease.ts';
import type { Inspection } from '../../src-main/runtime/inspection.ts';
import { createAuthoring } from '../../src-main/authoring/authoring.ts';
import { deployment, openFolder } from '../functions/support/deployment.ts';
import { answered, fakeRuntime, foundIn } from '../http/support/fake-runtime.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const PARAMETERS = [{ name: 'x', type: 'any', isRequired: true, about: '' }] as const;

async function author({ isPythonComing = true, folder = temporaryFolder() } = {}) {
  const dir = path.join(folder, 'endpoints');
  const { registry } = await openFolder(dir);
  const runtime = fakeRuntime();
  const unused = (): Promise<never> => Promise.reject(new Error('unused'));
  const checkSource: Calls['checkSource'] = (source) =>
    Promise.resolve({
      functions: [...source.matchAll(/def (\w+)/g)].map(([, name = ''], index) => ({
        name,
        docstring: '',
        parameters: PARAMETERS,
        line: index + 1,
      })),
      problems: source.includes('learned')
        ? [{ severity: 'warning', text: 'Undefined', line: 1, column: 1, endLine: 1, endColumn: 2 }]
        : [],
    });
  const functionsIn = async (source: string) => (await checkSource(source)).functions;
  const calls = createAuthoring({
    runtime,
    functions: deployedFunctionsOf(registry, createExampleFiles({ dir, log: { warn: () => undefined } }), '0.1.0'),
    sourceTools: {
      checkSource,
      functionsIn,
      checkScript: unused,
      completeSource: unused,
      formatSource: unused,
      formatScript: unused,
      promoteScript: unused,
    },
    by: 'window',
    python: () => '3.14.2',
    isPythonComing: () => isPythonComing,
  });
  return { calls, registry, runtime };
}

const failed = { type: 'ValueError', text: 'no', line: 3, traceback: null };

describe('a function, looked at', () => {
  it('has its source, the parameters of it and its versions, the newest first', async () => {
    const { calls, registry } = await author();
    await registry.deploy(deployment('add', { source: 'def add(x): pass\ndef other(): pass' }), false);
    await registry.deploy(deployment('add', { source: 'def f(x): pass', functionName: 'f' }), true);
    expect(await calls.functionDetail('add')).toMatchObject({
      endpoint: { name: 'add', version: 2 },
      source: 'def f(x): pass',
      parameters: PARAMETERS,
      versions: [
        { version: 2, deployedBy: 'test', hasSource: true },
        { version: 1, deployedBy: 'test', libraries: { numpy: '2.4.3' } },
      ],
    });
    expect(await calls.versionSource('add', 1)).toContain('def other');
    expect(await calls.functionDetail('nope')).toBeNull();
    await expect(calls.versionSource('add', 9)).rejects.toMatchObject({ code: 'refused' });
  });

  it('that an older program deployed is shown with what that one noted', async () => {
    const folder = temporaryFolder();
    const before = await author({ folder });
    await before.registry.deploy(deployment('add'), false);
    const file = path.join(folder, 'endpoints/add/endpoint.json');
    const record = JSON.parse(readFileSync(file, 'utf8')) as { versions: Record<string, unknown>[] };
    for (const name of ['deployedBy', 'python', 'functionName']) delete record.versions[0]![name];
    writeFileSync(file, JSON.stringify(record));
    const { calls } = await author({ folder });
    expect(await calls.functionDetail('add')).toMatchObject({
      parameters: PARAMETERS,
      versions: [{ version: 1, deployedBy: null, python: null, libraries: { numpy: '2.4.3' }, hasSource: true }],
    });
  });

  it('of which only the pickle is known has no parameters', async () => {
    const { calls, registry } = await author();
    await registry.deploy(deployment('add', { source: null }), false);
    expect(await calls.functionDetail('add')).toMatchObject({ source: null, parameters: null });
  });
});

describe('an older version', () => {
  it('is looked at by Python, then deployed again as a new one', async () => {
    const { calls, registry, runtime } = await author();
    await registry.deploy(deployment('add', { pickle: Buffer.from('old'), source: 'old source' }), false);
    await registry.deploy(deployment('add', { description: 'now', schema: { a: 1 }, isPublic: true }), true);
    runtime.found = (pickle) => foundIn(pickle, { docstring: `of ${pickle.toString()}`, libraries: { scipy: '1' } });
    expect(await calls.rollBack('add', 1)).toMatchObject({
      version: 3,
      description: 'now',
      schema: { a: 1 },
      isPublic: true,
      docstring: 'of old',
    });
    expect(String(await registry.readPickle('add', 3))).toBe('old');
    expect(await calls.functionDetail('add')).toMatchObject({
      source: 'old source',
      versions: [{ deployedBy: 'window (as version 1)', libraries: { scipy: '1' } }, {}, {}],
    });
  });

  it('that does not load here is refused, and all stays', async () => {
    const { calls, registry, runtime } = await author();
    await registry.deploy(deployment('add'), false);
    runtime.found = (): Inspection => ({ error: 'It was saved by Python 3.9.', why: null, isPythonAway: false });
    await expect(calls.rollBack('add', 1)).rejects.toThrow(/Version 1 of 'add' does not load here: It was saved by/);
    expect(registry.snapshot().endpoints.get('add')?.version).toBe(1);
  });

  it('can be forgotten, the current one not', async () => {
    const folder = temporaryFolder();
    const { calls, registry } = await author({ folder });
    await registry.deploy(deployment('add'), false);
    await registry.deploy(deployment('add'), true);
    await calls.removeVersion('add', 1);
    await expect(calls.removeVersion('add', 1)).rejects.toThrow("There is no version 1 of 'add'.");
    await expect(calls.removeVersion('add', 2)).rejects.toThrow('is the current version');
    const again = await author({ folder });
    expect((await again.calls.functionDetail('add'))?.versions.map((one) => one.version)).toEqual([2]);
  });
});

describe('deploying', () => {
  const NEW = { functionName: 'f', name: 'add', description: 'd', isPublic: true, override: false };

  it('hands the source to Python, as somebody who is noted', async () => {
    const { calls, registry, runtime } = await author();
    runtime.answer = async ({ name, caller }) => {
      await registry.deploy(deployment('add', { functionName: name, deployedBy: caller!.name }), false);
      return answered('');
    };
    expect(await calls.deployFunction({ ...NEW, source: 'def f(): pass' })).toMatchObject({ name: 'add', version: 1 });
    expect(runtime.calls).toMatchObject([{ op: 'deploy', name: 'f', body: Buffer.from('def f(): pass') }]);
    expect((await calls.functionDetail('add'))?.versions).toMatchObject([{ deployedBy: 'window' }]);
  });

  it('tells what went wrong, with its line', async () => {
    const { calls, runtime } = await author();
    runtime.answer = () => Promise.resolve(answered('{}', { status: 400, error: failed }));
    await expect(calls.deployFunction({ ...NEW, source: '' })).rejects.toMatchObject({
      code: 'refused',
      message: 'ValueError: no (line 3)',
    });
  });

  it('is refused while the server is stopped, instead of waiting for it', async () => {
    const { calls } = await author({ isPythonComing: false });
    await expect(calls.deployFunction({ ...NEW, source: '' })).rejects.toThrow('Start the server first');
    await expect(calls.tryDeployed('add', '{}', '')).rejects.toThrow('Start the server first');
  });
});

describe('a trial', () => {
  it('gives result, prints and time', async () => {
    const { calls, runtime } = await author();
    runtime.answer = () => Promise.resolve(answered('[1.0, null]', { prints: 'hello\n', rows: [2, 2] }));
    expect(await calls.tryFunction('def f(): pass', 'f', '{"x": 1}', '')).toEqual({
      kind: 'answered',
      result: '[1.0, null]',
      call: { rowsSent: 2, rowsBack: 2, rejection: null, nullArguments: [] },
      prints: 'hello\n',
      elapsedMs: expect.any(Number),
      pictures: [],
    });
    expect(String(runtime.calls[0]?.body)).toBe('def f(): pass{"x": 1}');
  });

  it('of a deployed function asks as Tableau would, and shows the response as Python spelled it', async () => {
    const { calls, runtime } = await author();
    runtime.answer = () =>
      Promise.resolve(
        answered('{"response": [1.0, "a, \\"version\\": 3"], "version": 2, "model": "add", "uuid": "x"}'),
      );
    expect(await calls.tryDeployed('add', '{"x": [1.0]}', '')).toMatchObject({
      result: '[1.0, "a, \\"version\\": 3"]',
    });
    expect(runtime.calls).toMatchObject([
      { op: 'try-deployed', name: 'add', body: Buffer.from('{"data": {"x": [1.0]}}') },
    ]);
  });

  it('with data that are no JSON never reaches Python', async () => {
    const { calls, runtime } = await author();
    expect(await calls.tryDeployed('add', '{}, "method": "x"', '')).toMatchObject({
      kind: 'failed',
      error: { type: 'JSONDecodeError' },
    });
    expect(runtime.calls).toEqual([]);
  });

  it('that fails says why, where, and what was printed before', async () => {
    const { calls, runtime } = await author();
    runtime.answer = () => Promise.resolve(answered('{}', { status: 400, error: failed, prints: 'so far' }));
    expect(await calls.tryFunction('', 'f', '{}', '')).toMatchObject({
      kind: 'failed',
      error: failed,
      prints: 'so far',
    });
    runtime.answer = () => Promise.resolve({ kind: 'ended', reason: { kind: 'deadline', afterMs: 5_000 } });
    expect(await calls.tryFunction('', 'f', '{}', '')).toMatchObject({
      kind: 'failed',
      error: { type: 'TimeoutError', text: expect.stringContaining('5 s') },
    });
  });

  it('is stopped by its name, and no other is', async () => {
    const { calls, runtime } = await author();
    const stops: (Leaving | undefined)[] = [];
    runtime.answer = ({ stop }) => {
      stops.push(stop);
      return new Promise((resolve) => {
        stop?.addEventListener('abort', () =>
          resolve({ kind: 'ended', reason: { kind: 'stopped', why: 'a user stopped it' } }),
        );
      });
    };
    const first = calls.tryFunction('', 'f', '{}', 'first');
    const waiting = calls.tryDeployed('add', '{}', 'second');
    await calls.stopTrial('first');
    expect(await first).toMatchObject({ kind: 'failed', error: { type: 'Stopped' } });
    expect(stops.map((stop) => stop?.aborted)).toEqual([true, false]);
    // Stopping what has ended does nothing.
    await calls.stopTrial('first');
    runtime.answer = () => Promise.resolve({ kind: 'refused', refusal: { kind: 'caller-left' } });
    const never = calls.tryFunction('', 'f', '{}', 'third');
    await calls.stopTrial('third');
    expect(await never).toMatchObject({ kind: 'failed', error: { type: 'Stopped' } });
    await calls.stopTrial('second');
    expect(await waiting).toMatchObject({ kind: 'failed', error: { type: 'Stopped' } });
  });

  it('has its pictures apart from its result', async () => {
    const { calls, runtime } = await author();
    runtime.answer = () => Promise.resolve(answered('[1]ABCD', { pictures: [1, 3] }));
    const pictures = ['A', 'BCD'].map((text) => Buffer.from(text).toString('base64'));
    expect(await calls.tryFunction('', 'f', '{}', '')).toMatchObject({ result: '[1]', pictures });
    runtime.answer = () => Promise.resolve(answered('{}ABCD', { status: 400, error: failed, pictures: [1, 3] }));
    expect(await calls.tryFunction('', 'f', '{}', '')).toMatchObject({ kind: 'failed', error: failed, pictures });
  });

  it('cuts a result that no window could draw', async () => {
    const { calls, runtime } = await author();
    runtime.answer = () => Promise.resolve(answered('1'.repeat(1_000_010)));
    expect(await calls.tryFunction('', 'f', '{}', '')).toMatchObject({
      result: expect.stringMatching(/1 … and 10 characters more$/),
    });
  });
});

describe('the saved examples of a function', () => {
  const half = { name: 'half', data: '{"x":[2]}', expected: '[1]' };

  it('stay over deployments and a rollback, and go with the function', async () => {
    const { calls, registry } = await author();
    await registry.deploy(deployment('add'), false);
    await calls.saveExample('add', half);
    await calls.saveExample('add', { name: 'runs', data: '{}', expected: null });
    await calls.keepTried('add', '{"x":[7]}');
    await registry.deploy(deployment('add'), true);
    await calls.rollBack('add', 1);
    expect((await calls.functionDetail('add'))?.tests).toEqual({
      examples: [half, { name: 'runs', data: '{}', expected: null }],
      tried: '{"x":[7]}',
    });
    await registry.remove('add');
    await registry.deploy(deployment('add'), false);
    expect((await calls.functionDetail('add'))?.tests).toEqual({ examples: [], tried: null });
  });

  it('are replaced by name, and removed', async () => {
    const { calls, registry } = await author();
    await registry.deploy(deployment('add'), false);
    await calls.saveExample('add', half);
    await calls.saveExample('add', { name: 'other', data: '{}', expected: null });
    await calls.saveExample('add', { ...half, expected: '[1.5]' });
    await calls.removeExample('add', 'other');
    expect((await calls.functionDetail('add'))?.tests.examples).toEqual([{ ...half, expected: '[1.5]' }]);
  });

  it('are saved for a function that is there only', async () => {
    const { calls } = await author();
    await expect(calls.saveExample('nope', half)).rejects.toThrow("There is no function 'nope'");
  });

  it('travel in a file of functions, beside those that are there', async () => {
    const there = await author();
    await there.registry.deploy(deployment('add'), false);
    await there.calls.saveExample('add', half);
    await there.calls.keepTried('add', '{"x":["not exported"]}');
    const archive = await there.calls.exportFunctions([]);
    const { calls, registry, runtime } = await author();
    runtime.answer = async ({ name }) => {
      await registry.deploy(deployment(name!), true);
      return answered('');
    };
    await registry.deploy(deployment('add'), false);
    await calls.saveExample('add', { ...half, expected: '[9]' });
    await calls.saveExample('add', { name: 'mine', data: '{}', expected: null });
    await calls.importFunctions(archive, ['add']);
    expect((await calls.functionDetail('add'))?.tests).toEqual({
      examples: [half, { name: 'mine', data: '{}', expected: null }],
      tried: null,
    });
  });
});

describe('a file of functions', () => {
  async function exported() {
    const { calls, registry } = await author();
    await registry.deploy(deployment('whole', { schema: { a: 1 } }), false);
    await registry.deploy(deployment('learned', { source: 'def learned(): return learned_from' }), false);
    await registry.deploy(deployment('bare', { source: null, functionName: null }), false);
    await registry.addAlias('alias', 'whole', 'another name');
    return calls.exportFunctions([]);
  }

  it('makes functions of their source where that says all, else of their pickle', async () => {
    const archive = await exported();
    const { calls, registry, runtime } = await author();
    runtime.answer = async ({ name, caller }) => {
      await registry.deploy(deployment(name!, { deployedBy: caller!.name }), true);
      return answered('');
    };
    expect((await calls.lookIntoExport(archive)).functions).toMatchObject(
      ['whole', 'learned', 'bare', 'alias'].map((name) => ({ name, isTaken: false, problem: null })),
    );
    await calls.importFunctions(archive, ['alias', 'whole', 'learned', 'bare']);
    expect(runtime.calls.map(({ op, name }) => [op, name])).toEqual([
      ['inspect', null],
      ['inspect', null],
      ['deploy', 'whole'],
    ]);
    expect(registry.snapshot().endpoints.get('whole')).toMatchObject({ schema: { a: 1 } });
    expect(registry.snapshot().endpoints.get('alias')).toMatchObject({ type: 'alias', target: 'whole' });
    expect(String(await registry.readPickle('learned', 1))).toBe('pickle of learned');
    for (const name of ['whole', 'learned', 'bare'])
      expect(registry.versions(name)).toMatchObject([{ deployedBy: 'window (imported)' }]);
  });

  it('takes only what is named, and nothing when one of them does not load', async () => {
    const archive = await exported();
    const { calls, registry, runtime } = await author();
    await calls.importFunctions(archive, ['bare']);
    expect([...registry.snapshot().endpoints.keys()]).toEqual(['bare']);
    runtime.found = (): Inspection => ({ error: 'It has another numpy.', why: null, isPythonAway: false });
    await expect(calls.importFunctions(archive, ['whole', 'learned'])).rejects.toThrow(
      "'learned' does not load here: It has another numpy.",
    );
    await expect(calls.importFunctions(archive, ['alias'])).rejects.toThrow("'whole', which is not on this server");
    await expect(calls.importFunctions(archive, ['nope'])).rejects.toThrow("contains no function 'nope'");
    expect([...registry.snapshot().endpoints.keys()]).toEqual(['bare']);
  });

  it('says what is here already, and what another Python saved without a source', async () => {
    const { calls, registry } = await author();
    await registry.deploy(deployment('here'), false);
    const { pickle, ...about } = deployment('old', { source: null });
    const old = { ...about, target: null, version: 1, python: '3.12.1', pickle, examples: [] };
    const archive = await exportFile([old, { ...old, name: 'here', python: '3.14.0' }], '0.1.0');
    expect((await calls.lookIntoExport(archive.toString('base64'))).functions).toMatchObject([
      { name: 'old', isTaken: false, problem: expect.stringContaining('saved by Python 3.12 and has no source') },
      { name: 'here', isTaken: true, problem: null },
    ]);
    await expect(calls.importFunctions(archive.toString('base64'), ['old'])).rejects.toThrow('Python 3.12');
  });

  it('that is none, or names that are not there, are refused', async () => {
    const { calls } = await author();
    await expect(calls.exportFunctions(['nope'])).rejects.toThrow("There is no function 'nope'.");
    await expect(calls.lookIntoExport('aGVsbG8=')).rejects.toMatchObject({ code: 'bad-export' });
  });
});
