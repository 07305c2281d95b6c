// Saved examples on disk: what is kept, what is refused, and what becomes of a damaged file.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createExampleFiles } from '../../../src-main/functions/store/example-files.ts';
import type { FunctionExample } from '../../../src-shared/function-examples.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

function opened() {
  const dir = temporaryFolder();
  mkdirSync(path.join(dir, 'add'));
  const warnings: string[] = [];
  const files = createExampleFiles({ dir, log: { warn: (text) => warnings.push(text) } });
  return { dir, file: path.join(dir, 'add/examples.json'), warnings, files };
}

const example = (name: string, more: Partial<FunctionExample> = {}): FunctionExample => ({
  name,
  data: '{"x":[1]}',
  expected: '[2]',
  ...more,
});

describe('saved examples', () => {
  it('are read back as they were saved', async () => {
    const { dir, files } = opened();
    const tests = { examples: [example('ä "quoted"'), example('runs', { expected: null })], tried: '{"x":[3]}' };
    await files.change('add', () => tests);
    const again = createExampleFiles({ dir, log: { warn: () => undefined } });
    expect(await again.read('add')).toEqual(tests);
  });

  it('of a function without any are none, and nothing is written or warned', async () => {
    const { dir, files, warnings } = opened();
    expect(await files.read('add')).toEqual({ examples: [], tried: null });
    expect([readdirSync(path.join(dir, 'add')), warnings]).toEqual([[], []]);
  });

  it('are all kept when several are saved at once', async () => {
    const { files } = opened();
    await Promise.all(
      ['a', 'b', 'c'].map((name) =>
        files.change('add', (before) => ({ ...before, examples: [...before.examples, example(name)] })),
      ),
    );
    expect((await files.read('add')).examples.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['no JSON', '{"format": 1, "exam'],
    ['another format', '{"format": 2, "examples": [], "tried": null}'],
    [
      'a name that could control a terminal',
      JSON.stringify({ format: 1, examples: [example('a\u001b[2J')], tried: null }),
    ],
    [
      'too many',
      JSON.stringify({ format: 1, examples: Array.from({ length: 51 }, (_, n) => example(`${n}`)), tried: null }),
    ],
  ])('in a damaged file (%s) are set aside, and others can be saved', async (_, text) => {
    const { dir, file, files, warnings } = opened();
    writeFileSync(file, text);
    expect(await files.read('add')).toEqual({ examples: [], tried: null });
    const [aside = ''] = readdirSync(path.join(dir, 'add'));
    expect(aside).toMatch(/^examples\.json\.damaged-\d+$/);
    expect(readFileSync(path.join(dir, 'add', aside), 'utf8')).toBe(text);
    expect(warnings).toEqual([expect.stringContaining(aside)]);
    await files.change('add', (before) => ({ ...before, examples: [example('new')] }));
    expect((await files.read('add')).examples).toEqual([example('new')]);
  });

  it('beyond the limits are refused, and those before stay', async () => {
    const { files } = opened();
    await files.change('add', () => ({ examples: [example('first')], tried: null }));
    const many = Array.from({ length: 51 }, (_, number) => example(String(number)));
    const long = Array.from({ length: 6 }, (_, number) => example(String(number), { data: 'x'.repeat(180_000) }));
    for (const examples of [many, long])
      await expect(files.change('add', (before) => ({ ...before, examples }))).rejects.toMatchObject({
        code: 'over-quota',
      });
    expect((await files.read('add')).examples).toEqual([example('first')]);
  });

  it('that cannot be written are refused with what to do', async () => {
    const { files } = opened();
    await expect(files.change('gone', (before) => before)).rejects.toMatchObject({
      code: 'not-stored',
      message: expect.stringContaining('then try again'),
    });
  });
});
