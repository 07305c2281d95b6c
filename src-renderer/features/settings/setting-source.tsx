// Line below a setting: where its value comes from, and the way back to the default.

import { assertNever } from '../../../src-shared/assert-never.ts';
import { SETTINGS } from '../../../src-shared/settings.ts';
import type { SettingSource } from '../../../src-shared/setting-source.ts';
import type { Setting } from '../../../src-shared/setting-kinds.ts';
import type { SettingName } from '../../../src-shared/settings.ts';
import { Button } from '../../components/button.tsx';
import { usePage } from '../../store/use-page.ts';
import { defaultText } from './setting-text.ts';
import { SETTINGS_WORDS } from './words.ts';

const words = SETTINGS_WORDS.source;

export interface SettingSourceLineProps {
  readonly name: SettingName;
  /** Saves the default. Absent: the default cannot be had by itself. */
  readonly onReset?: (value: unknown) => void;
}

export function SettingSourceLine({ name, onReset }: SettingSourceLineProps) {
  const setting: Setting = SETTINGS[name];
  const source = usePage((page) => page.settingSources[name]);
  return (
    <div className="setting-source" data-source={source?.kind ?? 'default'}>
      <span>{source === undefined ? words.default : textOf(source, setting)}</span>
      {source?.kind === 'file' && onReset && (
        <Button look="quiet" aria-label={words.resetOne(setting.label)} onPress={() => onReset(setting.default)}>
          {words.reset}
        </Button>
      )}
    </div>
  );
}

function textOf(source: SettingSource, setting: Setting): string {
  // Such a setting is read when the program starts, and then the given value applies.
  const isReadAtStart = setting.applies === 'launch';
  switch (source.kind) {
    case 'file':
      return words.file(defaultText(setting));
    case 'start':
      return words.start(source.start, isReadAtStart);
    case 'until-end':
      return words.untilEnd(source.start, isReadAtStart);
    case 'state':
      return words.state(source.file, source.value);
    default:
      return assertNever(source);
  }
}
