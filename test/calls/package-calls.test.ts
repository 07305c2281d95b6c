// What the page is told of packages, and what comes of what it asks for.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AddedPackage } from '../../src-shared/package.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { EMPTY_PLAN, fakePackages } from './support/fake-packages.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('packages as the page sees them', () => {
  it('remembers what scripts import in vain, the latest first, with how often and when', () => {
    vi.setSystemTime(1_000);
    const { forPage } = fakePackages();
    forPage.noteMissing('seaborn', 7);
    vi.setSystemTime(2_000);
    forPage.noteMissing('torch', 8);
    vi.setSystemTime(3_000);
    forPage.noteMissing('seaborn', 9);
    expect(forPage.state().missing).toEqual([
      { module: 'seaborn', remedy: { kind: 'look', package: 'seaborn' }, count: 2, lastAt: 3_000, request: 9 },
      { module: 'torch', remedy: { kind: 'look', package: 'torch' }, count: 1, lastAt: 2_000, request: 8 },
    ]);
  });

  it('keeps a hundred names at most, and none that is no name of a module', () => {
    const { forPage } = fakePackages();
    for (let i = 0; i < 150; i++) forPage.noteMissing(`made_up_${i}`, i);
    for (const name of ['<script>', 'a b', '', 'x'.repeat(101), '../etc', 'a\n']) forPage.noteMissing(name, 1);
    const { missing } = forPage.state();
    expect(missing).toHaveLength(100);
    expect([missing[0]!.module, missing.at(-1)!.module]).toEqual(['made_up_149', 'made_up_50']);
  });

  it('forgets a missing module once a package brings it, and tells of the change', async () => {
    let isThere = false;
    const { forPage, told } = fakePackages({
      brings: (module) => isThere && module === 'seaborn',
      carryOut: () => {
        isThere = true;
        return Promise.resolve();
      },
    });
    forPage.noteMissing('seaborn', 10);
    forPage.noteMissing('torch', 11);
    await forPage.calls.addPackages(1);
    expect(told.at(-1)!.missing.map(({ module }) => module)).toEqual(['torch']);
    forPage.noteMissing('seaborn', 12);
    expect(forPage.state().missing).toHaveLength(1);
  });

  it('says what was added, and which requests missed it', async () => {
    const seaborn: AddedPackage = {
      name: 'seaborn',
      version: '0.13.2',
      source: 'index',
      bytes: 1,
      asked: 'seaborn',
      neededBy: [],
      imports: ['seaborn'],
      fault: null,
    };
    const others = [
      { ...seaborn, name: 'openpyxl', imports: ['openpyxl'] },
      { ...seaborn, version: '0.12' },
    ];
    let list: readonly AddedPackage[] = others;
    const { forPage } = fakePackages({
      list: () => list,
      brings: (module) => module === 'seaborn' && list.includes(seaborn),
      carryOut() {
        list = [others[0]!, seaborn];
        return Promise.resolve();
      },
    });
    forPage.noteMissing('seaborn', 4);
    forPage.noteMissing('torch', 5);
    forPage.noteMissing('seaborn', 9);
    expect(await forPage.calls.addPackages(1)).toEqual({
      packages: [seaborn],
      found: [{ module: 'seaborn', request: 9 }],
    });
    expect(forPage.state().missing.map(({ module }) => module)).toEqual(['torch']);
  });

  it('shows what is being done a few times a second, and nothing afterwards', async () => {
    const work = Promise.withResolvers<typeof EMPTY_PLAN>();
    const { forPage, told } = fakePackages({
      plan: (_spec, { tell }) => {
        for (let i = 0; i <= 100; i++) tell(`step ${i}`, i / 100);
        return work.promise;
      },
    });
    const planned = forPage.calls.planPackage('seaborn');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told.map((state) => state.work)).toEqual([{ kind: 'planning', text: 'step 100', fraction: 1 }]);
    work.resolve(EMPTY_PLAN);
    expect(await planned).toEqual(EMPTY_PLAN);
    expect(told.at(-1)!.work).toBe(null);
  });

  it('answers a wish within a minute also when nothing that it asks does, and goes on to the next', async () => {
    let tellLate = (_text: string): void => undefined;
    const { forPage } = fakePackages({
      plan: (spec, { tell }) => {
        tellLate = (text) => tell(text, null);
        return spec === 'openai' ? new Promise(() => undefined) : Promise.resolve(EMPTY_PLAN);
      },
    });
    const planned = forPage.calls.planPackage('openai');
    await expect(planned).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/no answer within 1 s/) as string,
    });
    tellLate('still looking');
    expect(forPage.state().work).toBe(null);
    expect(await forPage.calls.planPackage('seaborn')).toEqual(EMPTY_PLAN);
  });

  it('cancels a wish at once, whatever it waits for', async () => {
    const { forPage } = fakePackages({ plan: () => new Promise(() => undefined) });
    const planned = forPage.calls.planPackage('openai');
    await forPage.calls.cancelPackageWork();
    await expect(planned).rejects.toMatchObject({ message: 'The change was cancelled. Nothing was changed.' });
    expect(forPage.state().work).toBe(null);
  });

  it('does one thing at a time', async () => {
    const work = Promise.withResolvers<void>();
    const { forPage } = fakePackages({ carryOut: () => work.promise });
    const adding = forPage.calls.addPackages(1);
    await expect(forPage.calls.removePackage('x')).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/^Another change of packages is running/) as string,
    });
    work.resolve();
    await adding;
    expect(await forPage.calls.removePackage('x')).toBe(null);
  });

  it('is told to stop, and says that nothing was changed', async () => {
    const { forPage } = fakePackages({
      carryOut: (_id, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
    });
    const adding = forPage.calls.addPackages(1);
    await forPage.calls.cancelPackageWork();
    await expect(adding).rejects.toMatchObject({
      code: 'refused',
      message: 'The change was cancelled. Nothing was changed.',
    });
    expect(await forPage.calls.cancelPackageWork()).toBe(null);
  });

  it('passes on what is wrong with a wish, and logs what is wrong with us', async () => {
    const { forPage, logged } = fakePackages({
      plan: (spec) => Promise.reject(spec === 'x' ? new Refusal('no-plan', 'There is no x.') : new Error('disk full')),
    });
    await expect(forPage.calls.planPackage('x')).rejects.toMatchObject({ code: 'no-plan', message: 'There is no x.' });
    expect(logged).toEqual([]);
    await expect(forPage.calls.planPackage('y')).rejects.toMatchObject({
      message: 'The packages could not be changed: disk full.',
    });
    expect(logged).toEqual([expect.stringContaining('disk full')]);
  });
});
