// A pip that knows one folder of wheels, for `pipSource`. Must not know the store.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { PipCommand } from '../../../src-main/packages/store/pip-source.ts';

export interface PipDownload {
  readonly pid: number;
  readonly requirement: string;
  readonly temporary: string;
  readonly args: readonly string[];
}

export interface FakePip {
  readonly command: PipCommand;
  /** The requirements that it was asked for, in order. */
  downloads(): readonly string[];
  /** The same with the process and its folder for temporary files. */
  diary(): readonly PipDownload[];
}

/** A command that finds what lies in `index`. */
export function fakePip(index: string): FakePip {
  const file = path.join(index, 'diary');
  const diary = (): readonly PipDownload[] =>
    existsSync(file)
      ? readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as PipDownload)
      : [];
  return {
    command: [process.execPath, path.join(import.meta.dirname, 'fake-pip-program.ts'), index],
    downloads: () => diary().map((entry) => entry.requirement),
    diary,
  };
}
