import { requestRecordOf } from '../../support/request-facts.ts';
import { describe, expect, it } from 'vitest';
import type { KeptBody, RequestDetail, RequestRecord } from '../../../src-shared/request-record.ts';
import { cellText, columnsOf, figuresOf, hintsOf, inspectionOf } from '../../../src-renderer/store/inspection.ts';

const kept = (value: unknown): KeptBody => ({
  kind: 'kept',
  text: typeof value === 'string' ? value : JSON.stringify(value),
});

function detail(request: KeptBody, response: KeptBody, record: Partial<RequestRecord> = {}): RequestDetail {
  return {
    record: { path: '/evaluate', status: 200, ...record } as RequestRecord,
    headers: {},
    request,
    response,
    prints: '',
    printsDropped: 0,
    error: null,
  };
}

describe('what a request held', () => {
  it('is its script, its arguments and its result, row by row', () => {
    const body = { script: 'return _arg1', data: { _arg1: [1, 2], _arg2: ['a', 'b'], _arg3: 5 } };
    expect(inspectionOf(detail(kept(body), kept([2, 4])))).toEqual({
      script: 'return _arg1',
      data: [
        { name: '_arg1', values: [1, 2] },
        { name: '_arg2', values: ['a', 'b'] },
        { name: '_arg3', values: [5] },
      ],
      result: [{ name: 'result', values: [2, 4] }],
      allData: null,
      allResult: null,
    });
  });

  it('is the columns of a table, of a table extension', () => {
    const body = { script: 'return _arg1', data: { _arg1: { Name: ['Bob'], Score: [1] } } };
    const { data, result } = inspectionOf(detail(kept(body), kept({ Name: ['Bob'], Score: [2] })));
    expect(data.map((column) => column.name)).toEqual(['Name', 'Score']);
    expect(result).toEqual([
      { name: 'Name', values: ['Bob'] },
      { name: 'Score', values: [2] },
    ]);
  });

  it('of a function is what it answered, and there is no script', () => {
    const response = kept({ response: [3], version: 1, model: 'add', uuid: 'u' });
    const inspection = inspectionOf(detail(kept({ data: [[1], [2]] }), response, { path: '/query/add' }));
    expect(inspection).toMatchObject({ script: null, result: [{ values: [3] }] });
  });

  it('of a large request is its script and first rows, with how many there were', () => {
    const text = '{"script": "return _arg1", "data": {"_arg1": [1, 2]}}';
    const response: KeptBody = { kind: 'head', text: '[1]', isWholeKept: false };
    const large = detail({ kind: 'head', text, isWholeKept: true }, response, { rowsSent: 9_000, rowsBack: 8_000 });
    expect(inspectionOf(large)).toMatchObject({
      script: 'return _arg1',
      data: [{ name: '_arg1', values: [1, 2] }],
      allData: 9_000,
      result: [{ values: [1] }],
      allResult: 8_000,
    });
  });

  it('is nothing where it is not kept, cut, failed, or no JSON', () => {
    const nothing = { script: null, data: [], result: [] };
    expect(inspectionOf(detail({ kind: 'not-kept' }, { kind: 'too-large' }))).toMatchObject(nothing);
    expect(inspectionOf(detail(kept('{"data": NaN'), kept('')))).toMatchObject(nothing);
    const error = kept({ message: 'm', info: 'i' });
    expect(inspectionOf(detail(kept({ data: {} }), error, { status: 500 }))).toMatchObject(nothing);
  });
});

describe('a column', () => {
  it('has figures that tell what is in it', () => {
    expect(figuresOf({ name: 'n', values: [3, null, 1, 3] })).toEqual({ nulls: 1, least: '1', most: '3', distinct: 2 });
    expect(figuresOf({ name: 't', values: ['b', 'a', 'b'] })).toEqual({ nulls: 0, least: 'a', most: 'b', distinct: 2 });
    expect(figuresOf({ name: 'm', values: [1, 'a', [1], [1]] })).toMatchObject({
      least: null,
      most: null,
      distinct: 3,
    });
    expect(figuresOf({ name: 'e', values: [] })).toEqual({ nulls: 0, least: null, most: null, distinct: 0 });
  });

  it('may have two hundred thousand values', () => {
    const values = Array.from({ length: 200_000 }, (_, i) => i);
    expect(figuresOf({ name: 'n', values })).toMatchObject({ least: '0', most: '199999', distinct: 200_000 });
  });

  it('shows each value in a line', () => {
    expect([null, 'a', 1.5, true, [1], { a: 1 }, undefined].map(cellText)).toEqual([
      'null',
      'a',
      '1.5',
      'true',
      '[1]',
      '{"a":1}',
      '',
    ]);
    expect(columnsOf(7)).toEqual([{ name: 'value', values: [7] }]);
  });
});

it('what Tableau makes of a request is told by its record', () => {
  const rejection = { kind: 'wrong-length', rowsSent: 3, rowsBack: 2 } as const;
  const record = requestRecordOf({ verdict: 'rejected', rejection, nullArguments: ['_arg2'] });
  expect(hintsOf(record)).toEqual([
    { tone: 'error', text: expect.stringContaining('2 values for 3 rows') as string },
    { tone: 'warn', text: expect.stringContaining('_arg2 is null in every row') as string },
  ]);
  expect(hintsOf(requestRecordOf())).toEqual([]);
});
