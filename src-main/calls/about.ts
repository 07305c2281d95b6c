// What the screen About shows: versions, packages, and licences, which are read from the files made at packaging time.

import path from 'node:path';
import type { About, AboutPackage, Licences } from '../../src-shared/about.ts';
import type { ProgramInfo } from '../../src-shared/ipc.ts';
import { normalName } from '../../src-shared/package.ts';
import type { PackagesState } from '../../src-shared/package.ts';
import { readTextFile } from '../disk/regular-file.ts';

/** The file names of packaging/notices. */
const TEXT_FILE = 'THIRD-PARTY-NOTICES.txt';
const LIST_FILE = 'sbom.cdx.json';

export interface AboutDeps {
  readonly program: () => ProgramInfo;
  readonly packages: () => PackagesState;
  /** The folder with both files; in a clone they exist once they were made. */
  readonly noticesDir: string;
  readonly issues: string | null;
}

/** A component in CycloneDX, as far as it is shown. */
interface Listed {
  readonly purl: string;
  readonly version: string;
  readonly licence: string | null;
}

export async function aboutProgram({ program, packages, noticesDir, issues }: AboutDeps): Promise<About> {
  const { version, python, dataDir } = program();
  const { bundled, added } = packages();
  const listed = await listedIn(noticesDir);
  const licenceOf = ({ name, version: its }: { readonly name: string; readonly version: string }): AboutPackage => ({
    name,
    version: its,
    licence: listed.find(({ purl }) => purl === `pkg:pypi/${normalName(name)}@${its}`)?.licence ?? null,
  });
  return {
    version,
    python,
    pyodide: listed.find(({ purl }) => purl.startsWith('pkg:npm/pyodide@'))?.version ?? null,
    packages: [...bundled, ...added].map(licenceOf),
    dataDir,
    licences: await licencesIn(noticesDir),
    issues,
  };
}

async function licencesIn(place: string): Promise<Licences> {
  try {
    return { kind: 'text', place, text: await readTextFile(path.join(place, TEXT_FILE)) };
  } catch {
    // Not made, or unreadable: either way the page shows where they belong and how to make them.
    return { kind: 'none', place };
  }
}

async function listedIn(place: string): Promise<readonly Listed[]> {
  try {
    return listedOf(JSON.parse(await readTextFile(path.join(place, LIST_FILE))));
  } catch {
    return [];
  }
}

function listedOf(sbom: unknown): readonly Listed[] {
  const components = field(sbom, 'components');
  if (!Array.isArray(components)) return [];
  return components.flatMap((component: unknown) => {
    const [purl, version] = [field(component, 'purl'), field(component, 'version')];
    if (typeof purl !== 'string' || typeof version !== 'string') return [];
    return [{ purl, version, licence: licenceIn(field(component, 'licenses')) }];
  });
}

/** The first licence: an identifier, or an expression of several. */
function licenceIn(licences: unknown): string | null {
  const first: unknown = Array.isArray(licences) ? licences[0] : null;
  const name = field(first, 'expression') ?? field(field(first, 'license'), 'id');
  return typeof name === 'string' ? name : null;
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Readonly<Record<string, unknown>>)[name] : undefined;
}
