// Where the cases lie that are not the project's own: recorded answers and attacks.

import path from 'node:path';

/** `../shared` beside the project, or what TABPY_TRAY_SHARED says. */
export const sharedFolder = path.resolve(
  process.env['TABPY_TRAY_SHARED'] ?? path.join(import.meta.dirname, '../../../shared'),
);
