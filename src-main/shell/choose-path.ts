// Lets the user choose a file or a folder in the system's dialog, because a page cannot know paths.
// Threat: an attacker who controls the page could request it too. So only the window's own frame gets here (ipc.ts),
// the page names no more than a purpose, the user chooses, and one dialog is open at a time.

import path from 'node:path';
import type { Dialog, FileFilter, OpenDialogOptions } from 'electron';
import { chosenFor } from '../../src-shared/chosen-path.ts';
import type { PathPurpose } from '../../src-shared/chosen-path.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { SETTING_NAMES, SETTINGS } from '../../src-shared/settings.ts';
import type { Settings } from '../../src-shared/settings.ts';

const ALL_FILES: FileFilter = { name: 'All files', extensions: ['*'] };
const FILTERS: Readonly<Partial<Record<PathPurpose, FileFilter>>> = {
  certificateFile: { name: 'Certificates', extensions: ['pem', 'crt', 'cer'] },
  keyFile: { name: 'Keys', extensions: ['pem', 'key'] },
  'python-file': { name: 'Python files', extensions: ['py'] },
};
const TITLES = {
  tabpy: 'Folder of TabPy',
  'python-file': 'Python file',
  environment: 'Folder of an environment',
} as const;

/** Resolves with the chosen path; null when the user cancels. Rejects with a Refusal while a dialog is open. */
export function createChoosePath(
  dialog: Pick<Dialog, 'showOpenDialog'>,
  settings: () => Settings,
): (purpose: PathPurpose) => Promise<string | null> {
  let isOpen = false;
  return async (purpose) => {
    if (isOpen) throw new Refusal('refused', 'A dialog is open already. Choose there, or close it.');
    isOpen = true;
    try {
      const { canceled, filePaths } = await dialog.showOpenDialog(optionsFor(purpose, settings()));
      return canceled ? null : (filePaths[0] ?? null);
    } finally {
      isOpen = false;
    }
  };
}

function optionsFor(purpose: PathPurpose, settings: Settings): OpenDialogOptions {
  const name = SETTING_NAMES.find((one) => one === purpose);
  const now = name === undefined ? '' : String(settings[name]);
  const filter = FILTERS[purpose];
  return {
    title: name === undefined ? TITLES[purpose as keyof typeof TITLES] : SETTINGS[name].label,
    properties: chosenFor(purpose) === 'file' ? ['openFile'] : ['openDirectory', 'createDirectory'],
    ...(path.isAbsolute(now) ? { defaultPath: now } : {}),
    ...(filter === undefined ? {} : { filters: [filter, ALL_FILES] }),
  };
}
