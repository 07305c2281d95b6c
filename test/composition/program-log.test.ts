import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../src-shared/log-entry.ts';
import { DEFAULT_SETTINGS } from '../../src-shared/settings.ts';
import type { Settings } from '../../src-shared/settings.ts';
import { openProgramLog } from '../../src-main/composition/program-log.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

function opened(given: Partial<Settings> = {}) {
  const dataDir = temporaryFolder();
  const printed: string[] = [];
  const one = openProgramLog({ dataDir, given, terminal: (text) => void printed.push(text) });
  let settings: Settings = { ...DEFAULT_SETTINGS, ...given };
  const read = (file = path.join(dataDir, 'log', 'tabpy-tray.log')): string =>
    readFileSync(file, 'utf8').replaceAll(/^[-\d]{10} [:.\d]{12} /gm, '');
  return {
    ...one,
    dataDir,
    read,
    printed: async (): Promise<string> => {
      await new Promise((resolve) => setImmediate(resolve));
      return printed.join('');
    },
    change: (more: Partial<Settings>): void => void (settings = { ...settings, ...more }),
    settings: () => settings,
  };
}

describe('the log of the program', () => {
  it('goes to the terminal at once, and to the file of the data folder from its first line on', async () => {
    const { log, follow, flush, read, printed, settings } = opened();
    log.info('before the settings');
    expect(await printed()).toContain('info  before the settings\n');
    follow(settings);
    log.warn('after them');
    await flush();
    expect(read()).toBe('info  before the settings\nwarn  after them\n');
  });

  it('follows level, format and file while it runs', async () => {
    const { log, follow, flush, read, change, settings } = opened({ logLevel: 'warn' });
    follow(settings);
    log.info('below');
    change({ logLevel: 'debug', logFormat: 'json' });
    log.debug('now as JSON');
    change({ logToFile: false });
    log.error('in no file');
    await flush();
    expect(JSON.parse(read())).toMatchObject({ level: 'debug', message: 'now as JSON' });
  });

  it('is in the folder that was named, in files of the size and number that were named', async () => {
    const logFolder = temporaryFolder();
    const { log, follow, flush, folder, settings } = opened({ logFolder, logFileMegabytes: 0.1, logFilesKept: 2 });
    follow(settings);
    expect(folder()).toBe(logFolder);
    for (let count = 0; count < 12; count += 1) {
      for (let line = 0; line < 10; line += 1) log.info('x'.repeat(3_900));
      await flush();
    }
    expect(readdirSync(logFolder).toSorted()).toEqual(['tabpy-tray.1.log', 'tabpy-tray.2.log', 'tabpy-tray.log']);
  });

  it('tells the window', () => {
    const { log, onEntry } = opened();
    const entries: LogEntry[] = [];
    onEntry((entry) => void entries.push(entry));
    log.info('hello');
    expect(entries).toMatchObject([{ id: 1, level: 'info', text: 'hello' }]);
  });

  it('leaves on disk why a start came to nothing', async () => {
    const { log, flush, read } = opened();
    log.error('no settings');
    await flush();
    expect(read()).toBe('error no settings\n');
  });
});
