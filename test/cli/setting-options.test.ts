// The options of serve and config are those of the table of settings.

import { describe, expect, it } from 'vitest';
import { SETTING_NAMES, SETTINGS } from '../../src-shared/settings.ts';
import type { Setting } from '../../src-shared/setting-kinds.ts';
import { settingOptions, settingsOnLine, startOptions } from '../../src-main/cli/setting-options.ts';
import { startSettings } from '../../src-main/cli/start-settings.ts';
import type { StartSettings } from '../../src-main/cli/start-settings.ts';
import { commandLine } from './support/command-line.ts';

const read = async <Value>(args: readonly string[], of: (options: Parameters<typeof startSettings>[0]) => Value) => {
  const found: Value[] = [];
  let complained = '';
  const line = commandLine({ say: () => undefined, complain: (text) => void (complained += text) });
  line.add({
    usage: 'serve [port]',
    summary: 'serve',
    options: [...startOptions('/data'), ...settingOptions()],
    misuse: { code: 1, help: 'serve' },
    run: (_words, options) => Promise.resolve(void found.push(of(options))),
  });
  await line.run(['serve', ...args]);
  return { found: found[0], complained };
};
const settingsOf = async (...args: readonly string[]): Promise<StartSettings> =>
  (await read(args, (options) => startSettings(options, '9001'))).found!;

const NAMED = SETTING_NAMES.filter((name) => (SETTINGS[name] as Setting).option !== undefined);

describe('the options of serve', () => {
  it('are all read, each into its setting', async () => {
    const args = NAMED.flatMap((name) => [`--${(SETTINGS[name] as Setting).option}`, `text of ${name}`]);
    const { found } = await read(args, settingsOnLine);
    const expected = NAMED.map((name) => {
      const { kind, option } = SETTINGS[name] as Setting;
      return [option, kind.kind === 'list' ? [`text of ${name}`] : `text of ${name}`];
    });
    expect(found).toEqual(Object.fromEntries(expected));
  });

  it('take lists by repetition, and the last of anything else', async () => {
    const { values } = await settingsOf('--host', 'a', '--host', 'b', '-p', '1', '--port=2');
    expect(values).toMatchObject({ hosts: ['a', 'b'], port: 2 });
  });

  it('overrule the port that is a word of its own', async () => {
    expect((await settingsOf()).values).toMatchObject({ port: 9001 });
    expect((await settingsOf('--port', '9002')).values).toMatchObject({ port: 9002 });
  });

  it.each([
    ['-v', 'debug', '--verbose'],
    ['--quiet', 'warn', '--quiet'],
  ])('%s is a level of the log, unless the level itself is given', async (option, level, place) => {
    const { values, places } = await settingsOf(option);
    expect([values.logLevel, places.get('logLevel')]).toEqual([level, { kind: 'line', place }]);
    const exact = await settingsOf(option, '--log-level', 'error');
    expect([exact.values.logLevel, exact.places.get('logLevel')?.place]).toEqual(['error', '--log-level']);
  });

  it('refuse in a sentence what the setting cannot be, and a configuration that is not there', async () => {
    const { complained } = await read(['--workers', '0'], startSettings);
    expect(complained).toBe("--workers is '0'; it must be a whole number from 1 to 64.\n");
    const missing = await read(['-c', '/no/such/file'], startSettings);
    expect(missing.complained).toMatch(/^The configuration file \/no\/such\/file cannot be read: /);
  });
});
