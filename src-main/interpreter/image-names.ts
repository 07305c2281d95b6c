// The names of what an interpreter boots from, the same in every placement. Must not know how they get there.

const PYTHON_FILES = ['helper.wasm', 'pyodide.asm.wasm', 'python_stdlib.zip', 'pyodide-lock.json'];
export const FILE_IMAGES = ['files', 'linked'];
/** Python's only entry. */
export const ENTRY = { entryModule: 'tabpy_tray.entry', entryFunction: 'handle' };

/** All files that the guest is handed; the heap comes apart, when there is a snapshot. */
export function imageFileNames(withSnapshot: boolean): readonly string[] {
  const images = FILE_IMAGES.flatMap((image) => [`${image}.bin`, `${image}.json`]);
  return [...PYTHON_FILES, ...images, ...(withSnapshot ? ['snapshot.json'] : [])];
}
