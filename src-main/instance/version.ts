// The program's version, as /info shows it, and the address for bug reports, both from package.json.

import { readFileSync } from 'node:fs';
import path from 'node:path';

interface PackageJson {
  readonly version: string;
  readonly bugs?: string | { readonly url?: string };
}

// Two folders up from these sources, and from the bundle of the tray app as well.
const { version, bugs } = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8'),
) as PackageJson;

/** The version of this program. */
export const PROGRAM_VERSION: string = version;
/** The version in /info: the TabPy whose interface this is, then this program's as a local version (PEP 440). */
export const SERVER_VERSION = `2.16.0+tray.${PROGRAM_VERSION}`;
/** The page for bug reports; null: this copy has none. */
export const ISSUES_PAGE: string | null = (typeof bugs === 'object' ? bugs.url : bugs) ?? null;
