import { describe, expect, it } from 'vitest';
import { isWithoutChromium, usePageTests } from '../../support/page-tests.ts';
import type { FakeWindow } from '../../support/fake-window.ts';
import { FUNCTIONS, snapshotWith } from '../../support/scenes.ts';
import { FUNCTION_WORDS } from '../../../../src-renderer/features/functions/words.ts';

describe.skipIf(isWithoutChromium)('TabPy’s models in the window', () => {
  const { open } = usePageTests();

  it('are a click away where there are no functions yet', async () => {
    const { page, emit, complaints } = await open(snapshotWith({ functions: [] }), { screen: 'functions' });
    await page.getByRole('button', { name: FUNCTION_WORDS.deployModels }).click();
    const asked = await page.evaluate(() => (globalThis as unknown as FakeWindow).fake.asked());
    expect(asked).toEqual([{ name: 'deployModels', values: [] }]);
    await emit({ name: 'functions', value: FUNCTIONS });
    await page.getByRole('rowheader', { name: 'anova' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('are a click away where there are functions already', async () => {
    const { page, asked } = await open(snapshotWith(), { screen: 'functions' });
    await page.getByRole('button', { name: FUNCTION_WORDS.deployModels }).click();
    expect(await asked()).toEqual([{ name: 'deployModels', values: [] }]);
  });

  it('that cannot be deployed say why, and can be tried again', async () => {
    const { page, show } = await open(snapshotWith({ functions: [] }), { screen: 'functions' });
    const why = 'The models were not deployed: start the server first.';
    await page.evaluate((text) => (globalThis as unknown as FakeWindow).fake.refuse('deployModels', text), why);
    await page.getByRole('button', { name: FUNCTION_WORDS.deployModels }).click();
    await page.getByText(why).waitFor();
    expect(await page.getByRole('button', { name: FUNCTION_WORDS.deployModels }).isEnabled()).toBe(true);
    // The error belongs to this screen: it is on no other one, and gone when the user comes back.
    for (const screen of ['logs', 'functions']) {
      await show(screen);
      expect(await page.getByText(why).count()).toBe(0);
    }
  });
});
