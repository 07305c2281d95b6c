// Binds the libraries of a snapshot to their places, and makes the stubs that link each library at its first call.

import { posix } from 'node:path';

import type { LinkRecord, LinkTable, RestoredLibrary } from '../guest/libraries.ts';
import { bindLibrary, stubsCode } from './library-code.ts';
import type { Stub } from './library-code.ts';
import type { PythonFile } from './site-packages.ts';

export interface BoundLinks {
  readonly table: LinkTable;
  readonly files: readonly PythonFile[];
  readonly stubs: Uint8Array;
}

/** @throws Error when a slot of the table has no owner, or a library has an unknown form */
export function bindLinks(links: LinkRecord, files: readonly PythonFile[]): BoundLinks {
  const { steps, mainSlots, mainTableLength, tableLength, freeSlots, addresses } = links;
  const numbers = new Map(steps.map(({ name }, index) => [name, index]));
  const stubs = new Map<number, Stub>();
  const bound: PythonFile[] = [];
  const libraries = steps.map(
    ({ name, handle, memoryBase, tableLength: tableBase, isGlobal, isKept, needed }, index) => {
      if (isGlobal) throw new Error(`${name} is linked for everybody`);
      const file = files.find(({ path }) => path === name);
      if (!file) throw new Error(`${name} is not in the image`);
      const library = bindLibrary(file.bytes, {
        memoryBase,
        tableBase,
        valueOf(symbol) {
          const value = addresses[symbol];
          if (value === undefined) throw new Error(`${name} asks for ${symbol}, which has no address`);
          return value;
        },
      });
      bound.push({ path: name, bytes: library.code });
      library.slotTypes.forEach((type, at) =>
        stubs.set(tableBase + at, { slot: tableBase + at, library: index, type }),
      );
      const slots = links.exports[index]!.map(([symbol, slot]) => {
        const type = library.typeOf(symbol);
        if (slot >= mainTableLength && !stubs.has(slot) && type !== undefined)
          stubs.set(slot, { slot, library: index, type });
        return slot;
      });
      return {
        name,
        handle,
        memoryBase,
        tableBase,
        isKept,
        cells: library.cells,
        needed: needed.flatMap((one) => numbers.get(posix.normalize(one)) ?? []),
        slots,
      } satisfies RestoredLibrary;
    },
  );
  const free = new Set(freeSlots);
  for (let slot = steps[0]?.tableLength ?? tableLength; slot < tableLength; slot++)
    if (!stubs.has(slot) && !free.has(slot)) throw new Error(`slot ${slot} of the table belongs to no library`);
  return {
    table: { mainSlots, mainTableLength, tableLength, freeSlots, libraries },
    files: bound,
    stubs: stubsCode([...stubs.values()].toSorted((a, b) => a.slot - b.slot)),
  };
}
