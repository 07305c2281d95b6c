// Which engine the settings choose, and what is refused.

import { describe, expect, it } from 'vitest';
import type { ListedEnvironment } from '../../src-main/environments/environment-list.ts';
import { writeEnvironments } from '../../src-main/environments/environment-list.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { createChosenPython } from '../../src-main/composition/chosen-python.ts';
import type { Interpreter } from '../../src-main/runtime/interpreter.ts';
import { DEFAULT_SETTINGS } from '../../src-shared/settings.ts';

const LOG = { info: () => undefined, warn: () => undefined };

function chosenOn(platform: NodeJS.Platform, sourcesDir: string | null = 'src-main', dataDir = temporaryFolder()) {
  const done: string[] = [];
  const builtin = {
    prepare: () => Promise.resolve(void done.push('prepared')),
    imageDir: () => '/image',
    startInterpreter: () => (done.push('started'), {} as Interpreter),
  };
  return { done, python: createChosenPython({ builtin, dataDir, sourcesDir, log: LOG, platform }) };
}

describe('the chosen Python', () => {
  it('is the built-in one unless the settings say otherwise', async () => {
    const { done, python } = chosenOn('darwin');
    await python.prepare(() => undefined, DEFAULT_SETTINGS);
    python.startInterpreter(DEFAULT_SETTINGS, { bootMs: 1, memoryBytes: 1, frameBytes: 1 }, null);
    expect(done).toEqual(['prepared', 'started']);
    expect(python.isNative()).toBe(false);
    expect(python.imageDir()).toBe('/image');
    expect(python.whyNoPackages?.()).toBeNull();
  });

  it.each(['darwin', 'win32'] as const)('is refused on %s when it is one of the user', async (platform) => {
    const { done, python } = chosenOn(platform);
    await expect(python.prepare(() => undefined, { ...DEFAULT_SETTINGS, python: '/usr/bin/python3' })).rejects.toThrow(
      'Only on Linux can a Python of your own run scripts. Set Python to builtin.',
    );
    expect(done).toEqual([]);
  });

  it('is refused where our Python is not there as files', async () => {
    const settings = { ...DEFAULT_SETTINGS, python: '/usr/bin/python3' };
    for (const place of [null, '/nowhere'])
      await expect(chosenOn('linux', place).python.prepare(() => undefined, settings)).rejects.toThrow(
        'The installed app cannot run a Python of your own. Set Python to builtin.',
      );
  });

  it('is refused when it is a name that nobody knows', async () => {
    const settings = { ...DEFAULT_SETTINGS, python: 'analysis' };
    await expect(chosenOn('linux').python.prepare(() => undefined, settings)).rejects.toThrow(
      'There is no environment named analysis. tabpy-tray environments list shows those that there are',
    );
  });

  it('is an environment of the list by its name, in any spelling of it', async () => {
    const dataDir = temporaryFolder();
    const facts = { version: '3.12.1', prefix: '/x', basePrefix: '/y', packages: [], note: null, folder: null };
    const listed: ListedEnvironment = { ...facts, kind: 'existing', name: 'Analysis', python: '/gone/bin/python' };
    await writeEnvironments(dataDir, [listed]);
    const { python } = chosenOn('linux', 'src-main', dataDir);
    await expect(python.prepare(() => undefined, { ...DEFAULT_SETTINGS, python: 'analysis' })).rejects.toThrow(
      'There is no Python at /gone/bin/python. Check the path.',
    );
  });
});
