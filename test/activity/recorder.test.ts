import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { requestFacts } from '../support/request-facts.ts';
import { createRecorder } from '../../src-main/activity/recorder.ts';
import type { RecorderDeps, RequestContent } from '../../src-main/activity/recorder.ts';
import { scriptBeginning } from '../../src-main/activity/script-beginning.ts';

const about = (id: number, path = '/evaluate') => requestFacts({ id, path });
const content = (
  request: string | null,
  response: string | null = null,
  more: Partial<RequestContent> = {},
): RequestContent => ({
  headers: {},
  request: request === null ? null : Buffer.from(request),
  response: response === null ? null : Buffer.from(response),
  prints: '',
  printsDropped: 0,
  error: null,
  heads: null,
  signedInAs: null,
  ...more,
});
const recorderOf = (more: Partial<RecorderDeps> = {}) => createRecorder({ isDataKept: () => true, ...more });

describe('the record of requests', () => {
  it('keeps what was in a request', () => {
    const recorder = recorderOf();
    const error = { type: 'NameError', text: "name 'x' is not defined", line: 2, traceback: 'Traceback' };
    recorder.note(
      about(1),
      content('{"script": "return x"}', '{"message": "m"}', { prints: 'hello', printsDropped: 3, error }),
    );
    expect(recorder.detail(1)).toEqual({
      record: { ...about(1), preview: 'return x', telling: 'return x', isPrep: false },
      headers: {},
      request: { kind: 'kept', text: '{"script": "return x"}' },
      response: { kind: 'kept', text: '{"message": "m"}' },
      prints: 'hello',
      printsDropped: 3,
      error,
    });
  });

  it('tells the scripts of Prep by their end, whatever the size of their data', () => {
    const recorder = recorderOf({ isDataKept: () => false });
    const script =
      'def f(d):\n  return d\nexecution_result = f(pd.DataFrame(_arg1))\n' +
      "return execution_result.to_dict(orient='list') if isinstance(execution_result, pd.DataFrame) else execution_result";
    const data = { _arg1: { a: Array.from({ length: 50_000 }, (_, row) => row) } };
    recorder.note(about(1), content(JSON.stringify({ script, data })));
    recorder.note(about(2), content(JSON.stringify({ data, script })));
    recorder.note(about(3), content(JSON.stringify({ data, script: 'return _arg1' })));
    expect(recorder.all().map(({ isPrep }) => isPrep)).toEqual([true, true, false]);
  });

  it('keeps no password, wherever a header carries one', () => {
    const recorder = recorderOf();
    recorder.note(
      about(1),
      content('{}', null, { headers: { authorization: 'Basic c2VjcmV0', cookie: 'a=secret', host: 'localhost' } }),
    );
    expect(recorder.detail(1)!.headers).toEqual({
      authorization: '(not kept)',
      cookie: '(not kept)',
      host: 'localhost',
    });
  });

  it('keeps a copy of a body, not what the network read it into', () => {
    const recorder = recorderOf();
    const read = Buffer.from('{"script": "return 1"}');
    recorder.note(about(1), { ...content(null), request: read });
    read.fill(0);
    expect(recorder.detail(1)!.request).toMatchObject({ text: '{"script": "return 1"}' });
  });

  it('shows a large body by its first rows, and keeps the whole request while there is space', () => {
    const recorder = recorderOf({ mostBodyBytes: 10, mostBytes: 1_500 });
    const large = `{"script": "return 1", "data": "${'x'.repeat(500)}"}`;
    const heads = { request: '{"script": "return 1"}', response: '[1]' };
    recorder.note(about(1), content(large, '1'.repeat(20), { heads }));
    expect(recorder.detail(1)).toMatchObject({
      request: { kind: 'head', text: heads.request, isWholeKept: true },
      response: { kind: 'head', text: '[1]', isWholeKept: false },
    });
    expect(recorder.requestBody(1)!.toString()).toBe(large);
    for (const id of [2, 3]) recorder.note(about(id), content(large, '1', { heads }));
    expect(recorder.detail(1)!.request).toEqual({ kind: 'head', text: heads.request, isWholeKept: false });
    expect(recorder.requestBody(1)!.toString()).toBe(heads.request);
    expect(recorder.requestBody(3)!.toString()).toBe(large);
  });

  it('does not keep a request that would take half of all space, only its first rows', () => {
    const recorder = recorderOf({ mostBodyBytes: 10, mostBytes: 1_000 });
    recorder.note(about(1), content('y'.repeat(600), null, { heads: { request: '{}' } }));
    expect(recorder.detail(1)!.request).toEqual({ kind: 'head', text: '{}', isWholeKept: false });
  });

  it('says that a body was too large where its first rows are not known, until they are', () => {
    const recorder = recorderOf({ mostBodyBytes: 10 });
    recorder.note(about(1), content('{"script": "return 1"}', '1'));
    expect(recorder.detail(1)).toMatchObject({ request: { kind: 'too-large' }, response: { kind: 'kept', text: '1' } });
    const facts = { rowsSent: 5, rowsBack: null, rejection: null, nullArguments: [] };
    expect(recorder.amend(1, facts, { request: '{"script": "return 1"}' })).toMatchObject({ id: 1, rowsSent: 5 });
    expect(recorder.detail(1)).toMatchObject({ request: { kind: 'head' }, record: { rowsSent: 5 } });
    expect(recorder.amend(7, facts, null)).toBeNull();
  });

  it('keeps only metadata while data is not to be kept', () => {
    let isDataKept = false;
    const recorder = recorderOf({ isDataKept: () => isDataKept });
    recorder.note(about(1), content('{"script": "return 1"}'));
    isDataKept = true;
    recorder.note(about(2), content('{"script": "return 2"}'));
    expect(recorder.all()).toMatchObject([{ preview: null }, { preview: 'return 2' }]);
    expect(recorder.detail(1)).toMatchObject({
      headers: null,
      request: { kind: 'not-kept' },
      response: { kind: 'not-kept' },
    });
    expect(recorder.requestBody(1)).toBeNull();
  });

  it('forgets the oldest data first, by number and by size', () => {
    const recorder = recorderOf({ mostRequests: 3, mostBytes: 25 });
    for (let id = 1; id <= 4; id += 1) recorder.note(about(id), content('0123456789'));
    expect(recorder.all().map((record) => record.id)).toEqual([2, 3, 4]);
    expect([2, 3, 4].map((id) => recorder.detail(id)!.request.kind)).toEqual(['not-kept', 'kept', 'kept']);
    expect(recorder.detail(1)).toBeNull();
    recorder.clear();
    expect(recorder.all()).toEqual([]);
    recorder.note(about(5), content('01234567890123456789'));
    expect(recorder.detail(5)!.request.kind).toBe('kept');
  });
});

describe('texts of a request', () => {
  const long = 'x'.repeat(1_900_000);
  const error = (more: object) => ({ type: 'E', text: 't', line: null, traceback: null, ...more });

  it.each([
    ['prints', { prints: long }],
    ['the text of an error', { error: error({ text: long }) }],
    ['the traceback of an error', { error: error({ traceback: long }) }],
    ['the class of an error', { error: error({ type: long }) }],
    ['the module that an error names', { error: error({ missing: long }) }],
  ])('are cut and counted: %s of megabytes, five hundred times', (_what, more) => {
    const recorder = recorderOf();
    recorder.note(about(1), content('{"script": "return 1"}', '1', more));
    const detail = recorder.detail(1)!;
    const letters = JSON.stringify(detail).length;
    expect(letters).toBeLessThan(150_000);
    const said = JSON.stringify(detail);
    expect(said.includes('more characters were cut') || detail.printsDropped > 1_000_000).toBe(true);
    for (let id = 2; id <= 500; id += 1) recorder.note(about(id), content('{"script": "return 1"}', '1', more));
    const kept = recorder.all().filter(({ id }) => recorder.detail(id)!.request.kind === 'kept');
    expect(kept.length * letters * 2).toBeLessThan(70_000_000);
  });

  it('and headers count with the bodies: the oldest go first', () => {
    const recorder = recorderOf({ mostBytes: 100_000 });
    const headers = { 'x-long': 'h'.repeat(15_000) };
    for (let id = 1; id <= 10; id += 1) recorder.note(about(id), content('1', '1', { headers }));
    const kinds = recorder.all().map(({ id }) => recorder.detail(id)!.request.kind);
    expect(kinds.slice(0, 6).every((kind) => kind === 'not-kept')).toBe(true);
    expect(kinds.at(-1)).toBe('kept');
  });

  it('are cut in what lists show too, also while data is not kept', () => {
    const recorder = recorderOf({ isDataKept: () => false });
    const facts = { ...about(1, `/query/${'p'.repeat(16_000)}`), client: long, user: long, failure: long };
    const record = recorder.note(facts, content(null, null, { error: error({ text: long }) }))();
    expect(JSON.stringify(record).length).toBeLessThan(6_000);
    expect(JSON.stringify(recorder.all()).length).toBeLessThan(6_000);
    expect(record.user).toMatch(/^x{300}… \(\d+ more characters were cut\)$/);
  });

  it('that are short stay as they are', () => {
    const recorder = recorderOf();
    const facts = { ...about(1), client: 'Tableau', user: 'ann', failure: 'Error processing script' };
    expect(recorder.note(facts, content('{}'))()).toMatchObject(facts);
  });

  it('hold nothing of the megabytes that they were cut from', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const recorder = recorderOf();
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let id = 1; id <= 100; id += 1) {
      const text = JSON.parse(`"${String(id)}${'t'.repeat(1_000_000)}"`) as string;
      recorder.note(about(id), content('1', '1', { prints: text, error: error({ text }) }));
    }
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20_000_000);
    expect(recorder.all()).toHaveLength(100);
  });
});

describe('the beginning of a script', () => {
  it.each([
    ['{"data":{"_arg1":[1]},"script":"return _arg1"}', 'return _arg1'],
    ['{"script" : "import numpy as np\\n\\nreturn 1", "data": {}}', 'import numpy as np return 1'],
    ['{"script": "return \\"x\\" + \'\\u00e9\'"}', 'return "x" + \'é\''],
    ['{"script": ""}', ''],
    ['{"script": 5}', null],
    ['not JSON', null],
    ['', null],
  ])('of %j is %j', (body, beginning) => {
    expect(scriptBeginning(Buffer.from(body))?.preview ?? null).toBe(beginning);
  });

  it('is cut where it is long, and is found before and after much data', () => {
    const long = JSON.stringify({ script: `return "${'é'.repeat(500)}"` });
    expect(scriptBeginning(Buffer.from(long))!.preview).toHaveLength(160);
    const data = Array.from({ length: 50_000 }, (_, i) => i);
    const first = JSON.stringify({ script: 'return 1', data: { _arg1: data } });
    expect(scriptBeginning(Buffer.from(first))!.preview).toBe('return 1');
    const last = JSON.stringify({ data: { _arg1: data }, script: 'return 2' });
    expect(scriptBeginning(Buffer.from(last))!.preview).toBe('return 2');
  });
});
