// Writes the licences of everything we distribute, and a machine-readable list of it, into build/notices (`npm run
// notices`).

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildApp, isStale } from '../../src-main/launcher/built-app.ts';
import { defaultStoreDir } from '../../src-main/packages/store/store.ts';
import { libraryComponents, npmComponents, productAt, pythonComponents, unusedEntries } from './components.ts';
import type { Component } from './component.ts';
import { faultsOf } from './licence-policy.ts';
import { noticesText } from './notices-text.ts';
import { sbomOf } from './sbom.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Where electron-builder.yml, package.json and the program find both files. */
export const NOTICES_FOLDER = path.join(ROOT, 'build/notices');
export const NOTICES_FILE = 'THIRD-PARTY-NOTICES.txt';
export const SBOM_FILE = 'sbom.cdx.json';

/** Everything that is distributed, from existing bundles and wheels. @throws Error with what is missing */
export async function everyComponent(wheels = path.join(defaultStoreDir(), 'wheels')): Promise<readonly Component[]> {
  return [...npmComponents(ROOT, path.join(ROOT, 'out')), ...(await pythonComponents(wheels)), ...libraryComponents()];
}

/** Writes both files. @throws Error with every licence that is missing or not accepted */
export async function writeNotices(folder: string = NOTICES_FOLDER): Promise<readonly Component[]> {
  const components = await everyComponent();
  const faults = [...faultsOf(components), ...unusedEntries(components)];
  if (faults.length > 0) throw new Error(`These may not be passed on as they are:\n${faults.join('\n')}`);
  const product = productAt(ROOT);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, NOTICES_FILE), noticesText(`TabPy Tray ${product.version}`, components));
  writeFileSync(path.join(folder, SBOM_FILE), sbomOf(product, components));
  return components;
}

async function main(): Promise<number> {
  try {
    if (isStale(ROOT)) {
      const fault = await buildApp(ROOT);
      if (fault !== null) throw new Error(`The app cannot be built: ${fault}`);
    }
    const components = await writeNotices();
    const where = path.relative(process.cwd(), NOTICES_FOLDER);
    process.stdout.write(`${components.length} components: ${where}/${NOTICES_FILE} and ${where}/${SBOM_FILE}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return 1;
  }
}

if (import.meta.main) process.exitCode = await main();
