// The data folder of the programs without a window: where it is, and its settings. Must not know what else is in it.

import path from 'node:path';
import Conf from 'conf';
import envPaths from 'env-paths';
import { PROGRAM_VERSION } from './version.ts';
import { openSettingsFile } from '../settings/settings-file.ts';
import type { OpenStore, SettingsFile } from '../settings/settings-file.ts';

export function defaultDataDir(): string {
  return envPaths('tabpy-tray', { suffix: '' }).data;
}

/** The folder that was named, or the default one. */
export function dataDirOf(named: string | undefined): string {
  return path.resolve(named ?? defaultDataDir());
}

/** @throws Node's error when the folder cannot be used */
export function openFile(folder: string): SettingsFile {
  const open: OpenStore = (store) => new Conf({ ...store, configName: 'settings' });
  return openSettingsFile({ folder, open, version: PROGRAM_VERSION });
}
