// `npm run check` runs this: every file of the project against the law in ARCHITECTURE.md. Must not change a file.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { faultsOf } from './faults.ts';
import { sourceFiles } from './source-files.ts';
import { lawOf } from './table.ts';

const root = path.resolve(import.meta.dirname, '../..');
const sources = new Map(sourceFiles(root).map((file) => [file, readFileSync(path.join(root, file), 'utf8')] as const));
const faults = faultsOf(lawOf(readFileSync(path.join(root, 'ARCHITECTURE.md'), 'utf8')), sources);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
