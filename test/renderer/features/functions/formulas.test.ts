// What the page offers to copy.

import { describe, expect, it } from 'vitest';
import {
  curlCommand,
  deployExample,
  modelFormula,
  scriptFormula,
} from '../../../../src-renderer/features/functions/formulas.ts';

const NUMBER = { name: 'x', values: [1, 2.5] };
const address = 'http://localhost:9004';

describe('a formula', () => {
  it('asks for the function in a script', () => {
    expect(scriptFormula('add', [NUMBER, { ...NUMBER, name: 'y' }], 'REAL')).toBe(
      `SCRIPT_REAL("return tabpy.query('add', _arg1, _arg2)['response']", SUM([x]), SUM([y]))`,
    );
  });

  it('names parameters before their values in a model extension', () => {
    const parameters = [NUMBER, { name: 'y', values: [] }];
    expect(modelFormula('add', parameters, 'STR')).toBe('MODEL_EXTENSION_STR("add", "x", "y", SUM([x]), SUM([y]))');
  });

  it('adds up numbers only: text, dates and true/false are one value for each mark', () => {
    const parameters = [
      NUMBER,
      { name: 'city', values: ['Rome', null] },
      { name: 'day', values: ['2024-01-05'] },
      { name: 'open', values: [true] },
    ];
    const fields = 'SUM([x]), ATTR([city]), ATTR([day]), ATTR([open]))';
    expect(scriptFormula('f', parameters, 'STR')).toContain(fields);
    expect(modelFormula('f', parameters, 'STR')).toContain(fields);
  });

  it('calls /query from a terminal, with the quotes that its shell knows', () => {
    expect(curlCommand(address, 'profit ratio', ['x'], 'linux')).toBe(
      `curl -H "Content-Type: application/json" -d '{"data":{"x":[1,2]}}' http://localhost:9004/query/profit%20ratio`,
    );
    expect(curlCommand(address, 'add', ['x'], 'win32')).toContain(String.raw`-d "{\"data\":{\"x\":[1,2]}}"`);
  });

  it('deploys to this server', () => {
    expect(deployExample(address)).toContain("Client('http://localhost:9004/', remote_server=True)");
  });
});
