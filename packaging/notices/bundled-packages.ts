// Lists the npm packages in a bundle, as the bundler reports its modules. A Vite plugin writes the list beside the
// bundle.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Lies beside each bundle, and is not packaged (electron-builder.yml). */
const LIST_ENDS = '.packages.json';

/** The part of the bundler's report that is used. */
interface Chunk {
  readonly type: 'chunk' | 'asset';
  readonly isEntry?: boolean;
  readonly name?: string;
  readonly modules?: Readonly<Record<string, { readonly renderedLength: number }>>;
  readonly originalFileNames?: readonly string[];
}

interface BundledPackagesPlugin {
  readonly name: string;
  generateBundle(
    this: { emitFile(file: { type: 'asset'; fileName: string; source: string }): string },
    options: unknown,
    bundle: Readonly<Record<string, Chunk>>,
  ): void;
}

/** Writes the folders of the packages that are in the bundle, such as `node_modules/react`. */
export function bundledPackages(): BundledPackagesPlugin {
  return {
    name: 'bundled-packages',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle);
      const entry = chunks.find((chunk) => chunk.type === 'chunk' && chunk.isEntry === true);
      const source = JSON.stringify(packageFoldersIn(chunks));
      this.emitFile({ type: 'asset', fileName: `${entry?.name ?? 'bundle'}${LIST_ENDS}`, source });
    },
  };
}

function packageFoldersIn(chunks: readonly Chunk[]): readonly string[] {
  const modules = chunks.flatMap((chunk) => [
    ...Object.entries(chunk.modules ?? {})
      .filter(([, { renderedLength }]) => renderedLength > 0)
      .map(([id]) => id),
    ...(chunk.originalFileNames ?? []),
  ]);
  return [...new Set(modules.map(packageFolderOf).filter((folder) => folder !== null))].toSorted();
}

/**
 * `/a/node_modules/x/node_modules/@y/z/index.js` → `node_modules/x/node_modules/@y/z`, as in a lock file; null: our own
 * file.
 */
export function packageFolderOf(moduleId: string): string | null {
  // Modules that the bundler itself adds, such as the loader of chunks.
  const added = /^\0(vite|rolldown)\//.exec(moduleId)?.[1];
  if (added !== undefined) return `node_modules/${added}`;
  const found = /(?:^|[\\/])(node_modules[\\/].*)$/.exec(moduleId.replace(/[?#].*$/, ''));
  if (!found) return null;
  const parts = found[1]!.split(/[\\/]/);
  const at = parts.lastIndexOf('node_modules') + 1;
  return parts.slice(0, at + (parts[at]!.startsWith('@') ? 2 : 1)).join('/');
}

/** The packages of all bundles in `out/`, by the folder of their part: `main`, `preload`, `renderer`. */
export function readBundledPackages(out: string): ReadonlyMap<string, readonly string[]> {
  const parts = ['main', 'preload', 'renderer'] as const;
  return new Map(
    parts.map((part) => {
      const folder = path.join(out, part);
      const lists = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(LIST_ENDS)) : [];
      if (lists.length === 0) throw new Error(`${folder} has no list of its packages. Run npm run build.`);
      const folders = lists.flatMap((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as string[]);
      return [part, [...new Set(folders)].toSorted()];
    }),
  );
}
