// Limits where Python may write: its temporary folder, up to a size. A file written anywhere else would be lost
// silently, so the file system refuses the write, whichever library makes it.

import type { FileNode, GuestFileSystem, NodeChange, OpenFile } from './pyodide-types.ts';

/** The limit for all temporary files of one interpreter together. */
export const TEMPORARY_BYTES = 256 * 1024 * 1024;
/** The folders in which Python itself may change permissions: temporary files, and the copy of the user's files. */
const TEMPORARY = 'tmp';
const OPEN: ReadonlySet<string> = new Set([TEMPORARY, 'data']);
const DEVICES = 'dev';

const WRITE_BITS = 0o222;
const FORMAT = 0o170000;
const FOLDER = 0o040000;
/** Emscripten's numbers. */
const EPERM = 63;
const ENOSPC = 51;

/** Must be called once, when all files are in their places. */
export function closeFiles(fs: GuestFileSystem): void {
  fs.mkdirTree('/data');
  boundTemporaryFiles(fs);
  const root = fs.lookupPath('/').node;
  closeFolder(root, (name) => name === TEMPORARY || name === DEVICES);
}

function closeFolder(folder: FileNode, isLeftOut: (name: string) => boolean): void {
  folder.mode &= ~WRITE_BITS;
  for (const [name, node] of Object.entries(folder.contents as Record<string, FileNode>)) {
    if (isLeftOut(name)) continue;
    if (isFolder(node) && isPlain(node)) closeFolder(node, () => false);
    else node.mode &= ~WRITE_BITS;
  }
}

function isFolder(node: FileNode): boolean {
  return (node.mode & FORMAT) === FOLDER;
}

/** False for folders whose content is made while they are read, such as those of /proc. */
function isPlain({ contents }: FileNode): boolean {
  return typeof contents === 'object' && contents !== null;
}

function boundTemporaryFiles(fs: GuestFileSystem): void {
  // All files share their operations, and so do all folders.
  fs.writeFile('/tmp/made', '');
  const file = fs.lookupPath('/tmp/made').node;
  const folder = fs.lookupPath('/tmp').node;
  fs.unlink('/tmp/made');

  let used = 0;
  const take = (node: FileNode, bytes: number): void => {
    const growth = bytes - node.usedBytes;
    if (growth <= 0 || topFolderOf(node) !== TEMPORARY) return;
    used += growth;
    // Memory of removed files is freed only here: looking for them at each removal would cost more.
    if (used > TEMPORARY_BYTES) used = bytesIn(folder) + growth;
    if (used > TEMPORARY_BYTES) throw new fs.ErrnoError(ENOSPC);
  };
  const { write } = file.stream_ops;
  file.stream_ops.write = (open: OpenFile, buffer, offset, length, position, canOwn) => {
    take(open.node, position + length);
    return write(open, buffer, offset, length, position, canOwn);
  };
  for (const { node_ops: operations } of [file, folder]) {
    const { setattr } = operations;
    operations.setattr = (node: FileNode, change: NodeChange) => {
      // Stops: a script that makes a place writable and believes that what it writes there is kept.
      if (((change.mode ?? 0) & WRITE_BITS) !== 0 && !OPEN.has(topFolderOf(node))) throw new fs.ErrnoError(EPERM);
      if (change.size !== undefined) take(node, change.size);
      setattr(node, change);
    };
  }
}

/** The name of the folder under `/` that contains a node, or is it. */
function topFolderOf(node: FileNode): string {
  let at = node;
  while (at.parent !== at.parent.parent) at = at.parent;
  return at.name;
}

function bytesIn(node: FileNode): number {
  if (!isFolder(node)) return node.usedBytes;
  return Object.values(node.contents as Record<string, FileNode>).reduce((sum, one) => sum + bytesIn(one), 0);
}
