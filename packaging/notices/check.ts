// Checks that everything we distribute has a licence that allows it, and the licence's text. Part of `npm run check`.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildApp, isStale } from '../../src-main/launcher/built-app.ts';
import { wantedFiles } from '../../src-main/packages/store/package-list.ts';
import { defaultStoreDir } from '../../src-main/packages/store/store.ts';
import { libraryComponents, npmComponents, pythonComponents, unusedEntries } from './components.ts';
import { faultsOf } from './licence-policy.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const OUT = path.join(ROOT, 'out');

async function faults(): Promise<readonly string[]> {
  // The bundler lists what is in the bundles.
  const fault = isStale(ROOT) ? await buildApp(ROOT) : null;
  if (fault !== null) return [`the app cannot be built: ${fault}`];
  const known = [...npmComponents(ROOT, OUT), ...libraryComponents()];
  const wheels = path.join(defaultStoreDir(), 'wheels');
  if (!wantedFiles().every(({ fileName, need }) => need === 'optional' || existsSync(path.join(wheels, fileName)))) {
    process.stdout.write(
      'The Python packages are not here yet: their licences are checked by npm test and npm run dist.\n',
    );
    return faultsOf(known);
  }
  const components = [...known, ...(await pythonComponents(wheels))];
  return [...faultsOf(components), ...unusedEntries(components)];
}

const found = await faults();
for (const fault of found) process.stderr.write(`${fault}\n`);
process.exitCode = found.length > 0 ? 1 : 0;
