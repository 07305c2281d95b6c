// The data folder of programs without a window: where it is, and its settings.

import path from 'node:path';
import Conf from 'conf';
import envPaths from 'env-paths';
import { isRefusal } from '../../src-shared/refusal.ts';
import { PROGRAM_VERSION } from './version.ts';
import { openSettingsFile } from '../settings/settings-file.ts';
import type { OpenStore, SettingsFile } from '../settings/settings-file.ts';

export function defaultDataDir(): string {
  return envPaths('tabpy-tray', { suffix: '' }).data;
}

/** The folder that the user named, or the default folder. */
export function dataDirOf(named: string | undefined): string {
  return path.resolve(named ?? defaultDataDir());
}

/** Why a data folder cannot be used: a refusal has its own text, the system's error gets words around it. */
export function whyUnusable(dataDir: string, error: unknown): string {
  const { message } = error as Error;
  return isRefusal(error)
    ? message
    : `The data folder ${dataDir} cannot be used: ${message}. Choose another with --data-dir.`;
}

/** @throws Node's error when the folder cannot be used */
export function openFile(folder: string): SettingsFile {
  const open: OpenStore = (store) => new Conf({ ...store, configName: 'settings' });
  return openSettingsFile({ folder, open, version: PROGRAM_VERSION });
}
