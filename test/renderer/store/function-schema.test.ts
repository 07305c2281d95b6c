// Schemas of functions, in whatever shape they were sent.

import { describe, expect, it } from 'vitest';
import { parametersOf, schemaText } from '../../../src-renderer/store/function-schema.ts';
import { pythonLiteral } from '../../../src-renderer/store/python-literal.ts';

describe('the text of a Python value', () => {
  it.each([
    ["{'a': [1, -2.5, 1e3], 'b': (True, False, None)}", { a: [1, -2.5, 1000], b: [true, false, null] }],
    [`{'it\\'s': "a \\"b\\"", 'n': 'x\\ny'}`, { "it's": 'a "b"', n: 'x\ny' }],
    ['{}', {}],
    ["{'a': 1,}", { a: 1 }],
    ['{1: 2}', { '1': 2 }],
  ])('%s is read', (text, value) => {
    expect(pythonLiteral(text)).toEqual(value);
  });

  it.each(['', '{', "{'a'}", "{'a': __import__('os')}", '[1 2]', "'open", '{} {}', '['.repeat(100_000)])(
    '%.30s is refused and never run',
    (text) => {
      expect(pythonLiteral(text)).toBeNull();
    },
  );
});

describe('the schema of a function', () => {
  const schema = { input: { type: 'object', properties: { x: {}, y: {} } } };

  it('tells the parameters in their order', () => {
    expect(parametersOf(schema)).toEqual(['x', 'y']);
    expect(parametersOf("{'input': {'properties': {'sales': {}, 'costs': {}}}}")).toEqual(['sales', 'costs']);
  });

  it('may tell nothing', () => {
    for (const none of [null, '', 'no dict', 7, [], {}, { input: null }, { input: { properties: [] } }])
      expect(parametersOf(none)).toBeNull();
  });

  it('is shown laid out, or as it came', () => {
    expect(schemaText("{'a': 1}")).toBe('{\n  "a": 1\n}');
    expect(schemaText('no dict')).toBe('no dict');
    expect(schemaText(null)).toBeNull();
    expect(schemaText({})).toBeNull();
  });
});
