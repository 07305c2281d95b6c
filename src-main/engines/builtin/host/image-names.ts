// The file names that an interpreter boots from, the same in a process and in a window.

const PYTHON_FILES = ['helper.wasm', 'pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'];
/** Files, and the libraries of the snapshot, bound to their places. */
export const FILE_IMAGES = ['files', 'linked'];
/** The same libraries in their original form, for a boot without the snapshot. */
export const PLAIN_LIBRARIES = 'plain';
const PLAIN_IMAGES = ['files', PLAIN_LIBRARIES];

export function fileImagesOf(withSnapshot: boolean): readonly string[] {
  return withSnapshot ? FILE_IMAGES : PLAIN_IMAGES;
}
/** The file image of added packages, in a folder of its own; placed after the image's own files. */
export const ADDED_IMAGE = 'added';
/** Python's only entry. */
export const ENTRY = { entryModule: 'tabpy_tray.entry', entryFunction: 'handle' };

/** The files of ADDED_IMAGE. */
export function addedFileNames(): readonly string[] {
  return [`${ADDED_IMAGE}.bin`, `${ADDED_IMAGE}.json`];
}

/** Where each file of the image begins that stays outside Python, in the order of their numbers. */
export const STDLIB = 'python_stdlib.zip';

/**
 * All files that the guest gets; the heap comes separately, when there is a snapshot. @param withContents also those
 * that can be read later
 */
export function imageFileNames(withSnapshot: boolean, withContents: boolean): readonly string[] {
  const images = fileImagesOf(withSnapshot).flatMap((image) => [
    ...(withContents ? [`${image}.bin`] : []),
    `${image}.json`,
  ]);
  return [...PYTHON_FILES, ...images, ...(withSnapshot ? ['snapshot.json', 'stubs.wasm'] : [])];
}
