// `tabpy-tray config`: prints the settings in effect and where each comes from. Must not change any.

import type { SettingName } from '../../src-shared/settings.ts';
import { dataDirOf, defaultDataDir, openFile } from '../instance/data-folder.ts';
import { effectiveText } from '../settings/settings-text.ts';
import { createSettings } from '../settings/settings.ts';
import type { CommandShape } from './command-line.ts';
import { settingOptions, startOptions } from './setting-options.ts';
import { startSettings } from './start-settings.ts';

export function configCommand(say: (text: string) => void): CommandShape {
  return {
    usage: 'config',
    summary: 'print the settings that apply, and where each comes from',
    description: 'Prints the settings that apply, and where each comes from. Takes the options of serve.',
    options: [...startOptions(defaultDataDir()), ...settingOptions()],
    misuse: { code: 1, help: 'config' },
    run: (_words, options) => {
      const { values, places } = startSettings(options);
      const file = openFile(dataDirOf(options.text('data-dir')));
      const ofFile = Object.keys(file.values()).map((name) => [name as SettingName, 'settings.json'] as const);
      const given = [...places].map(([name, { place }]) => [name, place] as const);
      say(effectiveText(createSettings(file, values).read(), new Map([...ofFile, ...given])));
      return Promise.resolve();
    },
  };
}
