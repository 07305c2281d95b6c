import { describe, expect, it } from 'vitest';
import { createSourceTools } from '../../src-main/authoring/source-tools.ts';
import { answered, fakeRuntime } from '../http/support/fake-runtime.ts';

function toolsWith(answer: unknown) {
  const runtime = fakeRuntime();
  runtime.answer = () => Promise.resolve(answered(JSON.stringify(answer)));
  return { tools: createSourceTools(runtime), runtime };
}
const FUNCTIONS = [{ name: 'f', docstring: '', parameters: [], line: 1 }];
const PROBLEM = { text: 'invalid syntax', line: 1, column: 5, endLine: 1, endColumn: 6 };

describe('checking source', () => {
  it('tells what it defines, and doubts of what Python would only notice later', async () => {
    const { tools } = toolsWith({ problem: null, functions: FUNCTIONS });
    expect(await tools.checkSource('def f(x):\n    return 😀x or y\n'.replace('😀', ''))).toEqual({
      functions: FUNCTIONS,
      problems: [{ severity: 'warning', text: 'Undefined name `y`', line: 2, column: 17, endLine: 2, endColumn: 18 }],
    });
  });

  it('leaves it to Python to say what it cannot read', async () => {
    const { tools } = toolsWith({ problem: PROBLEM, functions: null });
    expect(await tools.checkSource('def f(:\n    return y\n')).toEqual({
      functions: null,
      problems: [{ ...PROBLEM, severity: 'error' }],
    });
  });

  it('goes on without Python', async () => {
    const runtime = fakeRuntime();
    runtime.answer = () => Promise.resolve({ kind: 'refused', refusal: { kind: 'closed' } });
    const { functions, problems } = await createSourceTools(runtime).checkSource('x = (\n');
    expect(functions).toBeNull();
    expect(problems).toMatchObject([{ severity: 'error', line: 2 }]);
  });

  it('takes imports that nobody uses, and tabpy, for granted', async () => {
    const { tools } = toolsWith({ problem: null, functions: [] });
    expect((await tools.checkSource('import os\ndef f(x):\n    return tabpy.query("g", x)\n')).problems).toEqual([]);
  });
});

describe('source that means harm', () => {
  const deep = `x = ${'not '.repeat(60_000)}1`;

  it('and cannot be read is nothing for the linter', async () => {
    const { tools } = toolsWith({ problem: { ...PROBLEM, text: 'maximum recursion depth exceeded' }, functions: null });
    for (let n = 0; n < 40; n += 1) expect((await tools.checkSource(deep)).problems).toHaveLength(1);
    // It was never asked, and so still works.
    expect(await toolsWith(null).tools.formatSource('x=1')).toBe('x = 1\n');
  });

  it('costs the linter at most, while Python is not to be had, and never the answer', async () => {
    const runtime = fakeRuntime();
    runtime.answer = () => Promise.resolve({ kind: 'refused', refusal: { kind: 'closed' } });
    const tools = createSourceTools(runtime);
    for (let n = 0; n < 40; n += 1) expect((await tools.checkSource(deep)).problems).toEqual([]);
    await expect(tools.formatSource('x=1')).rejects.toMatchObject({ code: 'refused' });
  });

  it('has a bounded number of problems, and is not looked at beyond a length', async () => {
    const { tools } = toolsWith({ problem: null, functions: [] });
    expect((await tools.checkSource('y\n'.repeat(5_000))).problems).toHaveLength(200);
    expect((await tools.checkSource('y\n'.repeat(200_000))).problems).toEqual([]);
  });
});

describe('formatting source', () => {
  it('lays it out', async () => {
    expect(await toolsWith(null).tools.formatSource('def f( x ):\n  return x+1')).toBe('def f(x):\n    return x + 1\n');
  });

  it('says why it cannot', async () => {
    await expect(toolsWith(null).tools.formatSource('def f(')).rejects.toMatchObject({
      code: 'refused',
      message: 'Python cannot read the source. Correct the marked lines, then format again.',
    });
  });
});

describe('making a function of a script', () => {
  it('hands Python the script, a name and the parameters', async () => {
    const { tools, runtime } = toolsWith({ source: 'def f(a): ...' });
    expect(await tools.promoteScript('return _arg1', 'f', ['a'])).toBe('def f(a): ...');
    expect(JSON.parse(runtime.calls[0]!.body.toString())).toMatchObject({
      data: { _arg1: 'return _arg1', _arg2: 'f', _arg3: ['a'] },
    });
  });

  it('says why it cannot', async () => {
    const { tools } = toolsWith({ why: 'The script is empty.' });
    await expect(tools.promoteScript('', 'f', [])).rejects.toMatchObject({
      code: 'refused',
      message: 'The script is empty.',
    });
  });
});
