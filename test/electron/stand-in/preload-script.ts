// The scripts that a page gets before its own: the two worlds and the product's preload script, bundled as the build does it.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { joinModules, reference } from '../../../src-main/engines/builtin/image/join-modules.ts';

const here = import.meta.dirname;
const bundled = new Map<string, Promise<string>>();

/** Text for the page's own world. */
export function mainWorldScript(secret: string): string {
  const body = joined(['../wire-value', 'page-base64', 'world-line', 'main-world']);
  return `(() => {'use strict';\n${body}${reference('main-world', 'startMainWorld')}(${JSON.stringify(secret)});\n})();`;
}

/** Text for the preload script's world. @param file the preload script, .ts or CommonJS; undefined for none */
export async function preloadWorldScript(secret: string, file: string | undefined): Promise<string> {
  const body = joined(['../wire-value', 'page-base64', 'world-line', 'preload-world']);
  const preload = file === undefined ? 'null' : `(require) => {\n${await textOf(file)}\n}`;
  const start = reference('preload-world', 'startPreloadWorld');
  return `(() => {'use strict';\n${body}${start}(${JSON.stringify(secret)}, ${preload});\n})();`;
}

function joined(names: readonly string[]): string {
  return joinModules(
    names.map((name) => ({
      name: path.basename(name),
      source: readFileSync(path.join(here, 'page-side', `${name}.ts`), 'utf8'),
    })),
  ).body;
}

function textOf(file: string): Promise<string> {
  if (!file.endsWith('.ts')) return Promise.resolve(readFileSync(file, 'utf8'));
  const known = bundled.get(file) ?? bundle(file);
  bundled.set(file, known);
  return known;
}

async function bundle(file: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: file, formats: ['cjs'] },
      rolldownOptions: { external: ['electron', /^node:/] },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (!output || !('output' in output)) throw new Error(`${file} was not built`);
  return output.output[0].code;
}
