// Takes the image's files from the host and places them in Python's file system. Must not know a host's path.

import { isImageOpen, readImage } from './image-reader.ts';
import { registerLibrary } from './libraries.ts';
import type { FileNode, GuestFileSystem } from './pyodide-types.ts';
import { decodeUtf8 } from './text-coders.ts';

/** One file of a file image: its path in Python, and where its bytes lie in the image. */
export type FileEntry = readonly [path: string, offset: number, length: number];

const handedIn = new Map<string, Uint8Array>();

/**
 * Memory for a file that the host is about to fill. Only memory made here may go in: a host array leads to the host's
 * realm.
 */
export function allocateFile(name: string, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  handedIn.set(name, bytes);
  return bytes;
}

const texts = new Map<string, string>();

/** A file of text, from a host that has it as text: decoding it here takes ten times as long. */
export function takeText(name: string, text: string): void {
  texts.set(name, text);
}

export function hasFile(name: string): boolean {
  return handedIn.has(name) || texts.has(name);
}

export function fileText(name: string): string {
  return texts.get(name) ?? decodeUtf8(fileBytes(name));
}

/** A file from the host, by its name or by a path that Pyodide makes of it; it stays until forgetFiles(). */
export function fileBytes(path: string): Uint8Array {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const bytes = handedIn.get(name);
  if (!bytes) throw new Error(`${name} was not handed in`);
  return bytes;
}

export function fileJson(name: string): unknown {
  return JSON.parse(fileText(name));
}

/** Frees the files from the host. Files in Python's file system and libraries keep their own parts of them. */
export function forgetFiles(): void {
  handedIn.clear();
  texts.clear();
}

type ImageNode = FileNode & { imageFile: number; imageOffset: number };

/**
 * Operations of nodes whose bytes stay in the image: reading fetches only what is read, and only writing or mapping
 * makes a copy.
 */
function imageNodesOf(fs: GuestFileSystem): (node: FileNode, file: number, offset: number, length: number) => void {
  fs.writeFile('/made', '');
  const { node_ops, stream_ops } = fs.lookupPath('/made').node;
  fs.unlink('/made');
  const own = (node: FileNode, value: unknown): void => {
    Object.defineProperty(node, 'contents', { value, writable: true, configurable: true, enumerable: true });
    node.stream_ops = stream_ops;
  };
  const common = Object.create(fs.FSNode.prototype, {
    contents: {
      get(this: ImageNode) {
        const bytes = new Uint8Array(this.usedBytes);
        readImage(this.imageFile, this.imageOffset, bytes);
        own(this, bytes);
        return bytes;
      },
      set(this: ImageNode, value: unknown) {
        own(this, value);
      },
    },
  }) as object;
  const reading = {
    ...stream_ops,
    read({ node }: { node: ImageNode }, buffer: Uint8Array, at: number, bytes: number, position: number) {
      const size = Math.min(node.usedBytes - position, bytes);
      if (size <= 0) return 0;
      readImage(node.imageFile, node.imageOffset + position, buffer.subarray(at, at + size));
      return size;
    },
  };
  return (node, file, offset, length) => {
    const image = node as ImageNode;
    Object.setPrototypeOf(image, common);
    image.node_ops = node_ops;
    image.stream_ops = reading;
    image.usedBytes = length;
    image.imageFile = file;
    image.imageOffset = offset;
  };
}

/** Lets the bytes of an existing file stay in the image. */
export function leaveInImage(fs: GuestFileSystem, path: string, file: number): void {
  const { node } = fs.lookupPath(path);
  delete (node as Partial<FileNode>).contents;
  imageNodesOf(fs)(node, file, 0, node.usedBytes);
}

const FILE_MODE = 0o100666;
const FOLDER_MODE = 0o40777;

/** Places the packages' files. Of a library, Python sees only the name; its code goes to the linker. */
export function placeFiles(fs: GuestFileSystem, images: readonly string[]): void {
  const folders = new Map<string, FileNode>();
  const leave = imageNodesOf(fs);
  // Not FS.mkdirTree, which looks up each folder of a path and makes an error for each existing folder.
  const folderOf = (folder: string): FileNode => {
    const known = folders.get(folder);
    if (known) return known;
    if (folder === '') return fs.lookupPath('/').node;
    const at = folder.lastIndexOf('/');
    const parent = folderOf(folder.slice(0, at));
    const name = folder.slice(at + 1);
    const node =
      (parent.contents as Record<string, FileNode>)[name] ?? parent.node_ops.mknod(parent, name, FOLDER_MODE, 0);
    folders.set(folder, node);
    return node;
  };
  images.forEach((image, file) => {
    const bytes = isImageOpen() ? null : fileBytes(`${image}.bin`);
    for (const [path, offset, length] of fileJson(`${image}.json`) as FileEntry[]) {
      const content = bytes?.subarray(offset, offset + length);
      const isLibrary = path.endsWith('.so');
      if (isLibrary) {
        registerLibrary(path, () => {
          if (content) return content;
          const code = new Uint8Array(length);
          readImage(file, offset, code);
          return code;
        });
      }
      const at = path.lastIndexOf('/');
      const name = path.slice(at + 1);
      const folder = folderOf(path.slice(0, at));
      const inFolder = folder.contents as Record<string, FileNode>;
      // A file of an earlier image is replaced.
      if (content || inFolder[name]) fs.writeFile(path, isLibrary || !content ? '' : content, { canOwn: true });
      else {
        // Not FS.writeFile: its walk through each path took half a second.
        inFolder[name] = fs.createNode(folder, name, FILE_MODE, 0);
        leave(inFolder[name], file, offset, 0);
      }
      if (!content && !isLibrary) {
        const node = inFolder[name]!;
        if (Object.hasOwn(node, 'contents')) delete (node as Partial<FileNode>).contents;
        leave(node, file, offset, length);
      }
    }
  });
}
