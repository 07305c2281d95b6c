// An image with walls taken down on purpose, for tests of the walls behind them. Nothing of this exists in what we ship.

import { copyFileSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { temporaryFolder } from './temporary-folder.ts';

/** Each names the wall that is removed, and the text that stands for it. */
const OPENINGS = {
  /** Scripts get `import js` with the guest's whole global object. */
  realm: {
    'guest.js': [
      ['jsglobals: globals,', 'jsglobals: globalThis,'],
      ["'import tabpy_tray_guest; tabpy_tray_guest.begin()'", "'import random; random.seed()'"],
    ],
  },
  /** The one function of the host that the guest may call, as the guest has it; and what calls it at every depth of the stack. */
  door: {
    'guest.js': [
      [
        'read = instance.exports.r             ;',
        `$&
  globalThis.door = read;
  globalThis.leaks = () => {
    let found = 0, calls = 0;
    const look = () => {
      calls += 1;
      try {
        if (readWindow(99, 0, 1) !== -1) found += 1;
      } catch (error) {
        if (!(error instanceof Error)) found += 1;
      }
    };
    const deep = () => { try { deep(); } catch {} look(); };
    for (let round = 0; round < 150; round++) deep();
    return found * 1e9 + calls;
  };`,
      ],
    ],
  },
  /** The process keeps its globals, its `process` and its loader. */
  seal: { 'interpreter.js': [['const sealed = sealProcess();', 'const sealed = exit;']] },
  /** As if a bug had carried host objects into the realm: what is worth having lies on the guest's global object. */
  leak: {
    'interpreter.js': [
      ["const source = readFileSync(join(imageDir, 'guest.js'), 'utf8');", '$&\n  globalThis.leaking = context;'],
      [
        '  const collectGarbage = takeCollector();',
        '  Object.assign(leaking, { process, require, fetch, WebSocket });\n$&',
      ],
    ],
  },
  /** Text may become code in the guest's realm. */
  code: { 'interpreter.js': [['codeGeneration: { strings: false', 'codeGeneration: { strings: true']] },
  /** Python's WebAssembly keeps all that Emscripten gives it. */
  imports: { 'guest.js': [['blockImports(env);', '']] },
} as const satisfies Record<string, Record<string, readonly (readonly [string, string])[]>>;

export type Opening = keyof typeof OPENINGS;

/** @throws Error when a text that is to be replaced is not there exactly once */
export function change(file: string, edits: readonly (readonly [find: string, put: string])[]): void {
  let text = readFileSync(file, 'utf8');
  for (const [find, put] of edits) {
    if (text.split(find).length !== 2) throw new Error(`"${find}" is not once in ${file}`);
    text = text.replace(find, () => put.replace('$&', () => find));
  }
  writeFileSync(file, text);
}

/** A copy of the image (its large files are links) without these walls. */
export function openedImage(imageDir: string, openings: readonly Opening[]): string {
  const folder = join(temporaryFolder('opened'), 'image');
  mkdirSync(folder);
  for (const name of readdirSync(imageDir)) {
    if (/^guest\.(js|cache)$|^(interpreter|worker)\.js$/.test(name))
      copyFileSync(join(imageDir, name), join(folder, name));
    else linkSync(join(imageDir, name), join(folder, name));
  }
  for (const opening of openings) {
    for (const [file, edits] of Object.entries(OPENINGS[opening])) {
      change(join(folder, file), edits);
      // The worker of a window holds the same guest.
      if (file === 'guest.js') change(join(folder, 'worker.js'), edits);
    }
  }
  return folder;
}
