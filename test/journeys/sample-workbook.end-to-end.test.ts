// Every calculation of the sample workbook as Tableau would send it, answered by the real server as Tableau needs it.

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLUMNS, ROWS } from '../../src-main/sample-workbook/sample-data.ts';
import { FIELDS } from '../../src-main/sample-workbook/sample-fields.ts';
import { startServer } from '../support/running-server.ts';
import type { RunningServer } from '../support/running-server.ts';

const TYPES = { real: 'number', integer: 'number', string: 'string', boolean: 'boolean' } as const;
const root = path.resolve(import.meta.dirname, '../..');

/** The texts and the fields among a formula's arguments. */
function argumentsIn(formula: string) {
  return {
    texts: [...formula.matchAll(/"([^"]*)"/g)].map(([, text]) => text ?? ''),
    fields: [...formula.matchAll(/(?:SUM|ATTR)\(\[(\w+)\]\)/g)].map(([, name]) =>
      ROWS.map((row) => row[COLUMNS.findIndex((column) => column.name === name)]),
    ),
  };
}

describe('the sample workbook', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer();
    const cli = ['src-main/entries/cli.ts', 'deploy-models', '--data-dir', server.dataDir];
    await promisify(execFile)(process.execPath, cli, { cwd: root });
  });
  afterAll(() => server?.stop());

  it.each(FIELDS)('gets a value of its type for $caption', async ({ formula, datatype }) => {
    const { texts, fields } = argumentsIn(formula);
    const [first = '', ...names] = texts;
    const isModel = formula.startsWith('MODEL_EXTENSION');
    const data = Object.fromEntries(
      fields.map((values, index) => [isModel ? (names[index] ?? '') : `_arg${index + 1}`, values]),
    );
    const answer = isModel
      ? await server.post(`/query/${encodeURIComponent(first)}`, { data })
      : await server.evaluate(first, data);
    expect(answer).toMatchObject({ status: 200 });
    const result = isModel ? (answer.body as { readonly response: unknown }).response : answer.body;
    const values = Array.isArray(result) ? result : [result];
    expect([1, ROWS.length]).toContain(values.length);
    for (const value of values) expect(typeof value).toBe(TYPES[datatype]);
    if (datatype === 'integer') expect(values.every(Number.isInteger)).toBe(true);
  });
});
