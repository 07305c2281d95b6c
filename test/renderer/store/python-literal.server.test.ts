// What Python writes of a value with str() is read as Python itself reads it.

import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { pythonLiteral } from '../../../src-renderer/store/python-literal.ts';

/** Prints the text of a value, and the value that `ast.literal_eval` makes of it. */
const PYTHON = `
import ast, json, sys
text = str(eval(sys.stdin.read()))
print(json.dumps([text, ast.literal_eval(text)]))
`;

describe('the text of a Python value', () => {
  it.each([
    "{'type': 'object', 'sample': [1, -2.5, 1e22, 1e-07, True, None], 'pair': (1, 'a')}",
    `{"it's": 'a "b"', 'both': '\\'"', 'lines': 'x\\ny\\tz\\r', 'back': 'C:\\\\n'}`,
    "{'controls': '\\x00\\x1b[31m\\x7f\\xa0', 'marks': '\\u200b\\u2028\\ufeff', 'private': '\\U000f0000'}",
    "{'as it is': 'é ü 中 😀', '': '', 'hex': '\\x41 \\u0041'}",
    "[[], {}, (), [(1,)], {'a': {'b': {'c': []}}}]",
  ])('%s is read as Python reads it', (value) => {
    const { stdout } = spawnSync('python3', ['-X', 'utf8', '-c', PYTHON], { input: value, encoding: 'utf8' });
    const [text, expected] = JSON.parse(stdout) as [string, unknown];
    expect(pythonLiteral(text)).toEqual(expected);
  });

  it.each(["'\\x4'", "'\\u12g4'", "'\\U00110000'", "'\\x'"])('%s is refused, as Python refuses it', (text) => {
    expect(pythonLiteral(text)).toBeNull();
  });
});
