// `npm run check` runs this: every file of the project against the law of layers.ts. Must not change a file.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { EVERYWHERE, LAYERS, ONLY_IN } from '../../layers.ts';
import { faultsOf } from './faults.ts';
import { sourceFiles } from './source-files.ts';

const root = path.resolve(import.meta.dirname, '../..');
const sources = new Map(sourceFiles(root).map((file) => [file, readFileSync(path.join(root, file), 'utf8')] as const));
const faults = faultsOf({ layers: LAYERS, everywhere: EVERYWHERE, onlyIn: ONLY_IN }, sources);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
