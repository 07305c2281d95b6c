// A TabPy as it lies on a disk after use, written as TabPy 2.16 writes it. Must not know what is taken over of it.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export interface Installed {
  readonly name: string;
  /** null: state.ini names it, but its file is gone. */
  readonly pickle: string | Buffer | null;
  readonly version?: number;
  readonly docstring?: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

const SERVICE_INFO = `Name = TabPy Server
Description = 
Creation Time = 0
Access-Control-Allow-Origin = 
Access-Control-Allow-Headers = 
Access-Control-Allow-Methods = `;

/** Writes state.ini and query_objects into a folder; answers the folder. */
export function installTabpy(folder: string, functions: readonly Installed[], serviceInfo = SERVICE_INFO): string {
  mkdirSync(folder, { recursive: true });
  const entries = functions.map(({ name, version = 1, fields }) => {
    const info = {
      description: `what ${name} does`,
      type: 'model',
      version,
      dependencies: [],
      target: null,
      creation_time: 1_600_000_000,
      last_modified_time: 1_650_000_000,
      schema: null,
      is_public: false,
      ...fields,
    };
    return `${name} = ${JSON.stringify(info)}\n`;
  });
  const docstrings = functions.map(
    ({ name, docstring = '-- no docstring found in query function --' }) =>
      `${name} = ${docstring.replaceAll('\n', '\n\t')}\n`,
  );
  writeFileSync(
    path.join(folder, 'state.ini'),
    `[Service Info]\n${serviceInfo}\n\n[Query Objects Service Versions]\n${entries.join('')}\n[Query Objects Docstrings]\n${docstrings.join('')}\n[Meta]\nRevision Number = 7\n\n`,
  );
  for (const { name, version = 1, pickle } of functions) {
    if (pickle === null) continue;
    const place = path.join(folder, 'query_objects', name, String(version));
    mkdirSync(place, { recursive: true });
    writeFileSync(path.join(place, 'pickle_archive'), pickle);
  }
  return folder;
}
