// What a path can be chosen for with the system's dialog. Must not know the dialog.

import { SETTING_NAMES, SETTINGS } from './settings.ts';
import type { Kind } from './setting-kinds.ts';
import type { SettingName } from './settings.ts';

/** A setting that holds a path, the folder of a TabPy to import from or of an environment, or a .py file that a function follows. */
export type PathPurpose = SettingName | 'tabpy' | 'python-file' | 'environment';

/** Whether a file or a folder is chosen; null: nothing can be chosen for this. */
export function chosenFor(purpose: unknown): 'file' | 'folder' | null {
  if (purpose === 'tabpy' || purpose === 'environment') return 'folder';
  if (purpose === 'python-file') return 'file';
  const name = SETTING_NAMES.find((one) => one === purpose);
  const kind: Kind | null = name === undefined ? null : SETTINGS[name].kind;
  return kind?.kind === 'path' ? kind.of : null;
}
