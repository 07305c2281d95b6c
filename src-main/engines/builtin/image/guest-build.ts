// Makes the guest: one classic script from Pyodide's stock files and our guest modules, and the WebAssembly with its
// memory capped. Must not know packages or snapshots.

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { applyRules, ASM_RULES, LOADER_RULES } from './edit-rules.ts';
import { joinModules, reference } from './join-modules.ts';
import type { SourceModule } from './join-modules.ts';
import { capMemory } from './wasm-memory.ts';

const GUEST_FOLDER = join(import.meta.dirname, '../guest');
const HOST_FOLDER = join(import.meta.dirname, '../host');
const WEB_FOLDER = join(import.meta.dirname, '../web');

/** In an order in which each module comes after those that it imports; `boot` stands after Pyodide. */
const GUEST_MODULES = [
  'output',
  'clock',
  'timers',
  'text-coders',
  'randomness',
  'utc',
  'realm',
  'blocked-imports',
  'libraries',
  'image-reader',
  'files',
  'heap-image',
  'column-text',
  'record-writer',
  'json-rest',
  'json-records',
  'python-calls',
  'writable',
];
const HOST_MODULES = ['image-names', 'crossing', 'pipes', 'image-files', 'guest-realm', 'seal', 'serve', 'node-host'];
const WORKER_MODULES = ['answer', 'boot-guest', 'strip-globals', 'worker-host'];

/** Pyodide's own files, as on npm and the CDN. */
export const PYODIDE_FILES = [
  'pyodide.asm.mjs',
  'pyodide.mjs',
  'pyodide.asm.wasm',
  'python_stdlib.zip',
  'pyodide-lock.json',
] as const;

/**
 * Two functions that Pyodide takes from a WebAssembly module of its own, because their types have no name in JavaScript
 * (pyodide.asm.mjs holds the same bytes): one makes an error value, one checks whether a value is an error value.
 */
const HELPER_WASM =
  'AGFzbQEAAAABDANfAGAAAW9gAW8BfwMDAgECBygCE0pzdl9HZXRFcnJvcl9pbXBvcnQAAA5Kc3ZFcnJvcl9DaGVjawABChMCBwD7AQD7GwsJACAA+xr7FAAL';

export interface GuestBuild {
  readonly pyodideDir: string;
  /** An existing folder. */
  readonly outDir: string;
  /** The limit of Python's memory; at most 4 GB. */
  readonly maxMemoryBytes: number;
}

function sourceOf(folder: string, name: string): SourceModule {
  return { name: basename(name), source: readFileSync(join(folder, `${name}.ts`), 'utf8') };
}

/** The guest as one classic script whose value is the object that the host calls. */
function guestScript(pyodideDir: string): string {
  const asm = applyRules('pyodide.asm.mjs', readFileSync(join(pyodideDir, 'pyodide.asm.mjs'), 'utf8'), ASM_RULES);
  const loader = applyRules('pyodide.mjs', readFileSync(join(pyodideDir, 'pyodide.mjs'), 'utf8'), LOADER_RULES);
  if (/(?<![.\w])import\s*[({]|import\.meta/.test(asm + loader))
    throw new Error('Pyodide still imports something: a rule is missing');
  const modules = [...GUEST_MODULES, 'boot'].map((name) => sourceOf(GUEST_FOLDER, name));
  const { head, body } = joinModules(modules);
  if (head !== '') throw new Error(`a guest module imports from its host: ${head}`);
  const bootAt = body.indexOf(`const ${reference('boot', 'guest').split('.')[0]} =`);
  return [
    "(() => { 'use strict';\n",
    body.slice(0, bootAt),
    `${reference('realm', 'furnishRealm')}(${reference('files', 'fileBytes')});\n`,
    `const createPyodideModule = (() => { ${asm}\n; return _createPyodideModule; })();\n`,
    `const loadPyodide = (() => { ${loader}\n })();\n`,
    body.slice(bootAt),
    `return ${reference('boot', 'guest')};\n})()\n`,
  ].join('');
}

/**
 * Escapes what is not Latin-1 (in texts and patterns only): otherwise V8 keeps two bytes for every character, 1.2 MB of
 * this script.
 */
function oneByteText(script: string): string {
  return script.replaceAll(
    /[\u0100-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * The interpreter process's own script: one plain file, because each further module takes start-up time and must be a
 * readable file.
 */
function hostScript(): string {
  const { head, body } = joinModules(HOST_MODULES.map((name) => sourceOf(HOST_FOLDER, name)));
  return `(require) => { 'use strict';\n${head}${body}${reference('node-host', 'main')}();\n}\n`;
}

const PAGE = '<!doctype html><meta charset="utf-8"><title>Python</title><script src="page.js"></script>\n';

/** The hidden window's script. */
function pageScript(): string {
  const { body } = joinModules([sourceOf(WEB_FOLDER, 'page')]);
  return `(() => { 'use strict';\n${body}${reference('page', 'main')}();\n})();\n`;
}

/**
 * The worker's script: its host, and the guest's text beside it in a scope of its own. Nothing is loaded later, so its
 * policy need not allow any script.
 */
function workerScript(guest: string): string {
  const modules = WORKER_MODULES.map((name) => sourceOf(WEB_FOLDER, name));
  const { head, body } = joinModules([sourceOf(HOST_FOLDER, 'crossing'), ...modules]);
  if (head !== '') throw new Error(`a module of the worker imports from Node: ${head}`);
  const host = `(evaluateGuest) => { 'use strict';\n${body}${reference('worker-host', 'main')}(evaluateGuest);\n}`;
  return `(${host})(() => ${guest});\n`;
}

/**
 * The file that Node starts. It runs the host's script under a bare name.
 * Stops: the image's path, and with it the user's name, in the stack of an error that a script catches.
 */
const ENTRY_SCRIPT = `'use strict';
const source = require('node:fs').readFileSync(__dirname + '/interpreter.js', 'utf8');
require('node:vm').runInThisContext(source, { filename: 'interpreter' })(require);
`;

/**
 * Writes guest.js, interpreter.js, entry.cjs, page.html, page.js, worker.js, pyodide.asm.wasm, python_stdlib.zip, pyodide-lock.json and helper.wasm.
 * @throws Error that names the rule that Pyodide's text does not satisfy
 */
export function buildGuest({ pyodideDir, outDir, maxMemoryBytes }: GuestBuild): void {
  const guest = oneByteText(guestScript(pyodideDir));
  writeFileSync(join(outDir, 'guest.js'), guest);
  writeFileSync(join(outDir, 'page.html'), PAGE);
  writeFileSync(join(outDir, 'page.js'), pageScript());
  writeFileSync(join(outDir, 'worker.js'), workerScript(guest));
  writeFileSync(join(outDir, 'interpreter.js'), hostScript());
  writeFileSync(join(outDir, 'entry.cjs'), ENTRY_SCRIPT);
  writeFileSync(join(outDir, 'helper.wasm'), Buffer.from(HELPER_WASM, 'base64'));
  writeFileSync(
    join(outDir, 'pyodide.asm.wasm'),
    capMemory(readFileSync(join(pyodideDir, 'pyodide.asm.wasm')), maxMemoryBytes),
  );
  copyFileSync(join(pyodideDir, 'python_stdlib.zip'), join(outDir, 'python_stdlib.zip'));
  // No package ever comes through Pyodide's loader, so its list is empty.
  const lock = JSON.parse(readFileSync(join(pyodideDir, 'pyodide-lock.json'), 'utf8')) as object;
  writeFileSync(join(outDir, 'pyodide-lock.json'), JSON.stringify({ ...lock, packages: {} }));
}
