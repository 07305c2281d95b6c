// The version of this program, the one that /info shows, and where problems are told: package.json says it.

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
/** What /info says: the TabPy that it stands in for, and itself as a local version (PEP 440). */
export const SERVER_VERSION = `2.16.0+tray.${PROGRAM_VERSION}`;
/** The page for problems; null: this copy does not know one. */
export const ISSUES_PAGE: string | null = (typeof bugs === 'object' ? bugs.url : bugs) ?? null;
