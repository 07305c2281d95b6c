// The names of what an interpreter boots from, the same in every placement. Must not know how they get there.

const PYTHON_FILES = ['helper.wasm', 'pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'];
export const FILE_IMAGES = ['files', 'linked'];
/** The file image of added packages, in a folder of its own; placed after the image's own files. */
export const ADDED_IMAGE = 'added';
/** Python's only entry. */
export const ENTRY = { entryModule: 'tabpy_tray.entry', entryFunction: 'handle' };

/** The files of ADDED_IMAGE. */
export function addedFileNames(): readonly string[] {
  return [`${ADDED_IMAGE}.bin`, `${ADDED_IMAGE}.json`];
}

/** All files that the guest is handed; the heap comes apart, when there is a snapshot. */
export function imageFileNames(withSnapshot: boolean): readonly string[] {
  const images = FILE_IMAGES.flatMap((image) => [`${image}.bin`, `${image}.json`]);
  return [...PYTHON_FILES, ...images, ...(withSnapshot ? ['snapshot.json'] : [])];
}
