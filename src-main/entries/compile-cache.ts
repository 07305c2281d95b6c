// Loaded before an entry (`node --import`): keeps what Node makes of our files, types stripped and compiled, for the next
// start, which takes half the time then. Nothing is lost where the folder cannot be written.

import { enableCompileCache } from 'node:module';
import path from 'node:path';

enableCompileCache(path.join(import.meta.dirname, '../../node_modules/.cache/tabpy-tray/compiled'));
