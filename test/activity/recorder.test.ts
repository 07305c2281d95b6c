import { describe, expect, it } from 'vitest';
import type { RequestFacts } from '../../src-shared/request-record.ts';
import { createRecorder } from '../../src-main/activity/recorder.ts';
import type { RecorderDeps, RequestContent } from '../../src-main/activity/recorder.ts';
import { scriptBeginning } from '../../src-main/activity/script-beginning.ts';

const about = (id: number, path = '/evaluate') => ({ id, path }) as RequestFacts;
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
      record: { id: 1, path: '/evaluate', preview: 'return x', isPrep: false },
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

  it('says that a body was too large', () => {
    const recorder = recorderOf({ mostBodyBytes: 10 });
    recorder.note(about(1), content('{"script": "return 1"}', '1'));
    expect(recorder.detail(1)).toMatchObject({ request: { kind: 'too-large' }, response: { kind: 'kept', text: '1' } });
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
    expect(scriptBeginning(Buffer.from(body))).toBe(beginning);
  });

  it('is cut where it is long, and is found before and after much data', () => {
    const long = JSON.stringify({ script: `return "${'é'.repeat(500)}"` });
    expect(scriptBeginning(Buffer.from(long))).toHaveLength(160);
    const data = Array.from({ length: 50_000 }, (_, i) => i);
    expect(scriptBeginning(Buffer.from(JSON.stringify({ script: 'return 1', data: { _arg1: data } })))).toBe(
      'return 1',
    );
    expect(scriptBeginning(Buffer.from(JSON.stringify({ data: { _arg1: data }, script: 'return 2' })))).toBe(
      'return 2',
    );
  });
});
