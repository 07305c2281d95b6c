// The TypeScript files of the project. Must not know the law.

import { readdirSync } from 'node:fs';
import path from 'node:path';

const FOLDERS = ['src-shared', 'src-main', 'src-renderer', 'packaging', 'test'];

/** Their paths from the root, with slashes; declarations of foreign types are left out. */
export function sourceFiles(root: string): string[] {
  return [
    ...readdirSync(root).filter((name) => name.endsWith('.ts')),
    ...FOLDERS.flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
        .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts')),
    ),
  ].toSorted();
}
