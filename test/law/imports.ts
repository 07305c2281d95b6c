// The imports of a source file. Must not know what is allowed.

import { parseSync } from 'oxc-parser';

export interface Import {
  /** As written: `./a.ts`, `node:fs`, `koa`. */
  readonly from: string;
  /** Nothing of it is there at run time. */
  readonly isType: boolean;
  /** The names that are imported from there; empty for a whole module. */
  readonly names: readonly string[];
  /** It is passed on (`export … from`). */
  readonly isPassedOn: boolean;
}

/**
 * All imports of a file, dynamic ones of a literal name too.
 * @throws Error when the text is not TypeScript
 */
export function importsOf(file: string, text: string): Import[] {
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  return [
    ...module.staticImports.map((found) => ({
      from: found.moduleRequest.value,
      isType: found.entries.length > 0 && found.entries.every((entry) => entry.isType),
      names: found.entries.flatMap((entry) => entry.importName.name ?? []),
      isPassedOn: false,
    })),
    ...module.staticExports.flatMap((found) =>
      found.entries.flatMap((entry) =>
        entry.moduleRequest === null || entry.moduleRequest === undefined
          ? []
          : [{ from: entry.moduleRequest.value, isType: entry.isType, names: [], isPassedOn: true }],
      ),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest }) => {
      const literal = /^(['"])([^'"]+)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
      return literal === null ? [] : [{ from: literal[2]!, isType: false, names: [], isPassedOn: false }];
    }),
  ];
}
