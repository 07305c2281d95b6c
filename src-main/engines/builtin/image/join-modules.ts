// Joins a few of our own small modules into one script, each in a function scope of its own.

import { stripTypeScriptTypes } from 'node:module';

/** A module of ours: its name as siblings import it (`./clock.ts` is `clock`), and its TypeScript source. */
export interface SourceModule {
  readonly name: string;
  readonly source: string;
}

export interface JoinedScript {
  /** Lines that require Node's own modules; empty for the guest. */
  readonly head: string;
  readonly body: string;
}

const IMPORT = /^import (?:type )?(?:\{([^}]*)\}|\* as (\w+)|(\w+)) from '([^']+)';$/gm;
const EXPORT = /^export (?:async )?(?:function|const|class) (\w+)/gm;

/** The variable that holds the exports of one of our modules, or one of Node's. */
function holderOf(specifier: string): string {
  const name = specifier
    .replace(/^node:/, 'node_')
    .replace(/^.*\//, '')
    .replace(/\.ts$/, '');
  return `module_${name.replaceAll(/\W/g, '_')}`;
}

function bindingOf(names: string | undefined, specifier: string): string {
  return `const {${(names ?? '').replaceAll(/\btype \w+,?/g, '').replaceAll(' as ', ': ')}} = ${holderOf(specifier)};`;
}

/**
 * @param modules in an order in which each comes after those that it imports
 * @throws Error when a module imports something that is neither before it nor one of Node's
 */
export function joinModules(modules: readonly SourceModule[]): JoinedScript {
  const nodeModules = new Set<string>();
  const done = new Set<string>();
  const bodies: string[] = [];
  for (const { name, source } of modules) {
    const script = stripTypeScriptTypes(source);
    const exported = [...script.matchAll(EXPORT)].map((match) => match[1]!);
    const body = script
      .replaceAll(IMPORT, (_line, names: string | undefined, _all, _one, specifier: string) => {
        if (specifier.startsWith('node:')) nodeModules.add(specifier);
        else if (!done.has(holderOf(specifier)))
          throw new Error(`${name} imports ${specifier}, which does not come before it`);
        return bindingOf(names, specifier);
      })
      .replaceAll(/^export /gm, '');
    done.add(holderOf(name));
    bodies.push(`const ${holderOf(name)} = (() => {\n${body}\nreturn { ${exported.join(', ')} };\n})();\n`);
  }
  const head = [...nodeModules]
    .map((specifier) => `const ${holderOf(specifier)} = require('${specifier}');\n`)
    .join('');
  return { head, body: bodies.join('') };
}

/** How a joined script names an export of one of its modules. */
export function reference(moduleName: string, exported: string): string {
  return `${holderOf(moduleName)}.${exported}`;
}
