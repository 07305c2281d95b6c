import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src-shared/refusal.ts';
import type { Settings } from '../../src-shared/settings.ts';
import { createSettingChanges, NO_CHANGE } from '../../src-main/settings/setting-changes.ts';
import type { SettingsUser } from '../../src-main/settings/setting-changes.ts';
import { createSettings } from '../../src-main/settings/settings.ts';

/** Users who write down what they do; `refuses` is one who does not take the new values. */
function changing(users: readonly string[], { refuses = '', write = (): void => undefined } = {}) {
  const done: string[] = [];
  const logged: string[] = [];
  const settings = createSettings({ values: () => ({}), notices: [], write }, {});
  settings.onChange(({ name }) => void done.push(`told of ${name}`));
  const user = (called: string): SettingsUser => ({
    async prepare(after: Settings) {
      await Promise.resolve();
      if (called === refuses) throw new Refusal('refused', `${called} cannot use ${after.name}.`);
      done.push(`${called} is ready for ${after.name}`);
      return { commit: () => void done.push(`${called} takes it`), undo: () => void done.push(`${called} gives up`) };
    },
  });
  return {
    done,
    settings,
    logged,
    change: createSettingChanges(settings, users.map(user), { error: (text) => void logged.push(text) }),
  };
}

describe('a change of settings', () => {
  it('is made ready by all who use them before anybody hears of it', async () => {
    const { done, change, settings } = changing(['a', 'b']);
    expect(await change({ name: 'Mine' })).toMatchObject({ name: 'Mine' });
    expect(settings.read().name).toBe('Mine');
    expect(done).toEqual(['a is ready for Mine', 'b is ready for Mine', 'told of Mine', 'a takes it', 'b takes it']);
  });

  it('that one cannot use is given up by the others, and nobody hears of it', async () => {
    const { done, change, settings } = changing(['a', 'b', 'c', 'd'], { refuses: 'c' });
    await expect(change({ name: 'Mine' })).rejects.toThrow('c cannot use Mine.');
    expect(settings.read().name).not.toBe('Mine');
    expect(done).toEqual(['a is ready for Mine', 'b is ready for Mine', 'b gives up', 'a gives up']);
  });

  it('waits for the one before', async () => {
    const { done, change } = changing(['a']);
    await Promise.all([change({ name: 'One' }), change({ name: 'Two' })]);
    expect(done.filter((text) => text.startsWith('a is ready') || text.startsWith('told'))).toEqual([
      'a is ready for One',
      'told of One',
      'a is ready for Two',
      'told of Two',
    ]);
  });

  it('to the values that apply already does nothing', async () => {
    const { done, change, settings } = changing(['a']);
    await change({ name: settings.read().name });
    expect(done).toEqual([]);
  });

  it('that cannot be written to the file applies until the program ends, and says so', async () => {
    const write = (): void => {
      throw new Error('disk full');
    };
    const { change, settings, logged } = changing([], { write });
    await expect(change({ name: 'Mine' })).rejects.toMatchObject({
      code: 'not-stored',
      message: expect.stringContaining('could not be written to the settings file: disk full') as string,
    });
    expect(settings.read().name).toBe('Mine');
    expect(logged).toEqual(['the settings could not be written: disk full']);
  });

  it('needs nothing of users who have nothing to do', async () => {
    const settings = createSettings(null, {});
    expect(
      await createSettingChanges(settings, [{ prepare: () => NO_CHANGE }], { error: () => undefined })({ port: 9_010 }),
    ).toMatchObject({
      port: 9_010,
    });
  });
});
