// Which functions a search finds, by name. Pure.

import type { DeployedFunction } from '../../../src-shared/function.ts';

/** Those with every word of the search in their name or description, in the order of their names. */
export function foundFunctions(functions: readonly DeployedFunction[], search: string): readonly DeployedFunction[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  return functions
    .filter(({ name, description }) => {
      const text = `${name} ${description}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    })
    .toSorted((one, other) => one.name.localeCompare(other.name));
}
