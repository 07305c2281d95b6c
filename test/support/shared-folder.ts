// The folder that lies beside the project on its authors' machines: new cases and attacks come from there. No other test needs it.

import { existsSync } from 'node:fs';
import path from 'node:path';

/** `../shared` beside the project, or what TABPY_TRAY_SHARED says; null when there is none. */
export const sharedFolder = folderOf(
  path.resolve(process.env['TABPY_TRAY_SHARED'] ?? path.join(import.meta.dirname, '../../../shared')),
);

function folderOf(folder: string): string | null {
  return existsSync(folder) ? folder : null;
}
