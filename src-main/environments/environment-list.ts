// The list of environments in the data folder. Must not run anything.

import path from 'node:path';
import * as v from 'valibot';
import writeFileAtomic from 'write-file-atomic';
import { environmentNameFault } from '../../src-shared/environment.ts';
import { readListFile } from '../disk/list-file.ts';

const text = v.pipe(v.string(), v.maxLength(4_096));
const entry = v.object({
  name: v.pipe(
    text,
    v.check((name) => environmentNameFault(name) === null, 'it is no name'),
  ),
  kind: v.picklist(['existing', 'managed']),
  python: text,
  version: text,
  prefix: text,
  basePrefix: text,
  packages: v.array(v.object({ name: text, version: text })),
  note: v.nullable(text),
  /** Of a managed one: the name of its folder. It decides what is removed. */
  folder: v.nullable(v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/))),
});
const schema = v.object({ format: v.literal(1), environments: v.array(entry) });

export type ListedEnvironment = Readonly<v.InferOutput<typeof entry>>;

const FILE = 'environments.json';

/** An unreadable list is set aside and reported through `warn`: what it named stays, and can be added again. */
export async function readEnvironments(
  dataDir: string,
  warn: (text: string) => void,
): Promise<readonly ListedEnvironment[]> {
  return readListFile(
    path.join(dataDir, FILE),
    (value) => {
      const parsed = v.safeParse(schema, value, { abortEarly: true });
      return parsed.success ? parsed.output.environments : null;
    },
    (aside) => warn(`The list of environments was damaged and was renamed to ${aside}. Add the environments again.`),
  );
}

/** Writes in one step. */
export async function writeEnvironments(dataDir: string, environments: readonly ListedEnvironment[]): Promise<void> {
  await writeFileAtomic(path.join(dataDir, FILE), `${JSON.stringify({ format: 1, environments }, null, 2)}\n`);
}
