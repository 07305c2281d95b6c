import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../../src-shared/settings.ts';
import { createNodePython } from '../../../../src-main/engines/builtin/supply/node-python.ts';
import type { PreparedPython } from '../../../../src-main/engines/builtin/supply/prepare-python.ts';
import { silentProgress } from '../../../../src-main/packages/progress.ts';

const LIMITS = { bootMs: 10_000, memoryBytes: 1e9, frameBytes: 1e6 };

function prepared(imageDir: string, check: PreparedPython['check']): PreparedPython {
  const launch = () => ({ command: process.execPath, args: ['--version'], env: {}, cwd: '/' });
  return { imageDir, launch, missing: [], check };
}

/** Starts interpreters from an image that was believed to be whole; `check` is what reading it comes to. */
async function pythonWith(check: PreparedPython['check']) {
  const said: string[] = [];
  const python = createNodePython({ say: (text) => void said.push(text), progress: silentProgress }, () =>
    Promise.resolve(prepared('/images/old', check)),
  );
  await python.prepare(() => undefined, DEFAULT_SETTINGS);
  const start = () => {
    const one = python.startInterpreter(DEFAULT_SETTINGS, LIMITS, null);
    onTestFinished(() => void one.stop({ kind: 'stopped', why: 'the test is over' }));
    return one;
  };
  return { python, said, start };
}

describe('an image that an earlier check found whole', () => {
  it('is read once, after the first interpreter started or could not', async () => {
    const check = vi.fn(() => Promise.resolve(null));
    const { start } = await pythonWith(check);
    const first = start();
    expect(check).not.toHaveBeenCalled();
    await first.ended;
    await vi.waitFor(() => expect(check).toHaveBeenCalledTimes(1));
    await start().ended;
    await setImmediate();
    expect(check).toHaveBeenCalledTimes(1);
  });

  it('that is damaged all the same gives way to one that is made again', async () => {
    const { python, start } = await pythonWith(() => Promise.resolve(prepared('/images/new', null)));
    const replaced = new Promise<void>((resolve) => python.onReplaced!(resolve));
    start();
    await replaced;
    expect(python.imageDir()).toBe('/images/new');
  });

  it('that cannot be made again is told', async () => {
    const { said, start } = await pythonWith(() => Promise.reject(new Error('no space left')));
    start();
    await vi.waitFor(() => expect(said.join()).toContain('cannot be made again: no space left'));
  });
});
