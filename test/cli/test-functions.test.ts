// `functions test`: what is run, what is said of it, and the exit code.

import { NO_CALL } from '../../src-shared/verdict.ts';
import { describe, expect, it } from 'vitest';
import type { Calls } from '../../src-shared/ipc.ts';
import type { FunctionExample } from '../../src-shared/function-examples.ts';
import { createFakeBridge } from '../../src-renderer/bridge/fake-bridge.ts';
import { bridgeOver } from '../../src-renderer/bridge/bridge.ts';
import { functionsCommand } from '../../src-main/cli/functions.ts';
import { commandLine } from './support/command-line.ts';
import { functionDetail } from '../renderer/support/function-scenes.ts';
import { FUNCTIONS, snapshotWith } from '../renderer/support/scenes.ts';

const EXAMPLES: Readonly<Record<string, readonly FunctionExample[]>> = {
  profitRatio: [
    { name: 'two regions', data: '{"x":[1,2]}', expected: '[1, 2]' },
    { name: 'runs', data: '{"x":[1]}', expected: null },
  ],
};

/** A result for each piece of data. */
async function typed(results: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const fake = createFakeBridge(snapshotWith());
  fake.answer('functionDetail', (name) => {
    const endpoint = FUNCTIONS.find((one) => one.name === name);
    if (!endpoint) return null;
    return { ...functionDetail(endpoint), tests: { examples: EXAMPLES[name] ?? [], tried: null } };
  });
  fake.answer('tryDeployed', (_, data) => ({
    kind: 'answered' as const,
    call: NO_CALL,
    result: results[data] ?? 'null',
    elapsedMs: 2.4,
    prints: '',
    pictures: [],
  }));
  let [said, complained] = ['', ''];
  const terminal = {
    say: (text: string) => void (said += text),
    complain: (text: string) => void (complained += text),
  };
  const line = commandLine(terminal);
  const calls: Calls = bridgeOver(fake.bridge).calls;
  line.addGroup(
    functionsCommand({ ...terminal, openInstance: () => Promise.resolve({ calls, close: () => Promise.resolve() }) }),
  );
  return { code: await line.run(['functions', 'test', ...args]), said, complained };
}

describe('functions test', () => {
  it('says that all examples of a function passed', async () => {
    expect(await typed({ '{"x":[1,2]}': '[1.0, 2.0]' }, 'profitRatio')).toEqual({
      code: 0,
      complained: '',
      said: 'profitRatio\n  ok    two regions  2 ms\n  ok    runs         2 ms\n\n2 passed, 0 failed.\n',
    });
  });

  it('says what differs, and ends with 1', async () => {
    const { code, said } = await typed({ '{"x":[1,2]}': '[1, 3]' }, 'profitRatio');
    expect(code).toBe(1);
    expect(said).toContain('  FAIL  two regions  2 ms\n        row 2: expected 2, got 3\n');
    expect(said).toContain('1 passed, 1 failed.');
  });

  it('of all runs those with examples', async () => {
    const { code, said } = await typed({ '{"x":[1,2]}': '[1, 2]' }, '--all');
    expect([code, said.split('\n')[0]]).toEqual([0, 'profitRatio']);
    expect(said).not.toContain('clustering');
  });

  it('of a function without examples ends with 1, because nothing was tested', async () => {
    expect(await typed({}, 'clustering')).toMatchObject({ code: 1, said: expect.stringContaining('no saved example') });
  });

  it('prints JSON for programs', async () => {
    const { said } = await typed({ '{"x":[1,2]}': '[1, 3]' }, 'profitRatio', '--json');
    expect(JSON.parse(said)).toMatchObject([
      {
        name: 'profitRatio',
        examples: [
          { outcome: { kind: 'failed', lines: ['row 2: expected 2, got 3'] } },
          { outcome: { kind: 'passed' } },
        ],
      },
    ]);
  });

  it.each([[[]], [['profitRatio', '--all']]])('is not understood as %j', async (args) => {
    expect(await typed({}, ...args)).toMatchObject({ code: 2, said: '' });
  });

  it('of a function that is not there says so, and runs none', async () => {
    expect(await typed({}, 'profitRatio', 'nope')).toEqual({
      code: 1,
      said: '',
      complained: "There is no function 'nope'.\n",
    });
  });
});
