// Keeps Node's compiled form of our files for the next start, which then takes half the time. Loaded before an entry
// (`node --import`). A folder that cannot be written to costs only that gain.

import { enableCompileCache } from 'node:module';
import path from 'node:path';

enableCompileCache(path.join(import.meta.dirname, '../../node_modules/.cache/tabpy-tray/compiled'));
