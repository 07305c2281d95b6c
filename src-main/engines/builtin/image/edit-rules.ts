// The edits that join Pyodide's two files into a script that needs no host. Every edit is counted: a Pyodide whose text
// differs fails the build.

import { reference } from './join-modules.ts';

/** One edit: its purpose, what it finds, the replacement (`$&` is what was found), and how often it must be found. */
export interface EditRule {
  readonly name: string;
  readonly find: RegExp;
  readonly put: string;
  readonly times: number;
}

const denied = `${reference('realm', 'guestDenied')}(`;
const ledger = reference('libraries', 'linkLedger');
const libraryCode = reference('libraries', 'libraryCode');

/** Rules for pyodide.asm.mjs of Pyodide 314.0.4. */
export const ASM_RULES: readonly EditRule[] = [
  // Stops: import('node:fs'), import('ws') and the like through code that Pyodide keeps for Node.
  { name: 'no dynamic import', find: /(?<![.\w])import\(/g, put: denied, times: 15 },
  // Stops: EM_JS and EM_ASM text of a hand-made library.
  { name: 'no eval', find: /(?<![.\w])eval\(/g, put: denied, times: 6 },
  { name: 'no import.meta', find: /import\.meta\.url/g, put: '"file:///pyodide/"', times: 3 },
  { name: 'no export', find: /export default _createPyodideModule;/g, put: '', times: 1 },
  // Stops: Node's branch (fs, child_process, sockets in closures) should a script bring a `process` of its own.
  { name: 'never Node', find: /globalThis\.process\?\.versions\?\.node/g, put: 'false', times: 1 },
  {
    name: 'own randomness',
    find: /if\(ENVIRONMENT_IS_SHELL\)\{return view=>\{if\(!os\.system\)/g,
    put: `if(ENVIRONMENT_IS_SHELL){return view=>{${reference('randomness', 'fillRandom')}(view);return;if(!os.system)`,
    times: 1,
  },
  // Stops: a library that a script wrote, whose bytes C reads before it asks us; ours are empty files, so C reads nothing.
  {
    name: 'no library from memory',
    find: /if\(data&&dataSize\)\{/g,
    put: `if(data&&dataSize){${libraryCode}(libName,true);`,
    times: 1,
  },
  // Stops: the same through a forged handle without bytes.
  {
    name: 'libraries of the image only',
    find: /var libData=FS\.readFile\(f,\{encoding:"binary"\}\);/g,
    put: `var libData=${libraryCode}(f);`,
    times: 1,
  },
  {
    name: 'record a library',
    find: /var tableBase=metadata\.tableSize\?wasmTable\.length:0;/g,
    put: `$&${ledger}.opened({name:libName,handle,memoryBase,tableLength:wasmTable.length,isGlobal:!!flags.global,isKept:!!flags.nodelete});`,
    times: 1,
  },
  {
    name: 'record what a library needs',
    find: /for\(var needed of metadata\.neededDynlibs\)\{needed=findLibraryFS\(needed,flags\.rpath\)\?\?needed;/g,
    put: `$&${ledger}.asked(libName,needed);`,
    times: 1,
  },
  {
    name: 'slots of Python itself',
    find: /updateGOT\(origExports\);/g,
    put: `${ledger}.mainLinked(origExports,wasmTable,()=>updateGOT(origExports),(slots)=>{functionsInTableMap=slots});`,
    times: 1,
  },
  // Otherwise the closures that resolve symbols later keep the bytes of every library: 49 MB of the full set.
  {
    name: 'let go of the bytes',
    find: /var module=binary instanceof WebAssembly\.Module\?binary:new WebAssembly\.Module\(binary\);/g,
    put: '$&binary=null;',
    times: 1,
  },
  {
    name: 'note a symbol without a value',
    find: /rtn=GOT\[symName\]=new WebAssembly\.Global\(\{value:"i32",mutable:true\},-1\)/g,
    put: `$&;${ledger}.addressAsked(symName,rtn)`,
    times: 1,
  },
  {
    name: 'ask only noted symbols',
    find: /var reportUndefinedSymbols=\(\)=>\{for\(var\[symName,entry\]of Object\.entries\(GOT\)\)\{/g,
    put: `var reportUndefinedSymbols=()=>{for(var symName of [...${ledger}.pending]){var entry=GOT[symName];${ledger}.pending.delete(symName);`,
    times: 1,
  },
];

/** Rules for pyodide.mjs of Pyodide 314.0.4. */
export const LOADER_RULES: readonly EditRule[] = [
  { name: 'no dynamic import', find: /(?<![.\w])import\(/g, put: denied, times: 13 },
  { name: 'no export', find: /export\{(\w+) as loadPyodide,\w+ as version\};/g, put: 'return $1;', times: 1 },
  { name: 'no source map', find: /\/\/# sourceMappingURL=.*/g, put: '', times: 1 },
];

/**
 * Applies the rules in order.
 * @throws Error that names the first rule that does not find what it must
 */
export function applyRules(file: string, text: string, rules: readonly EditRule[]): string {
  return rules.reduce((edited, rule) => {
    const found = edited.match(rule.find)?.length ?? 0;
    if (found !== rule.times) {
      throw new Error(
        `${file}: the rule "${rule.name}" found ${found} places, not ${rule.times}. ` +
          `This Pyodide differs from 314.0.4: look at its text again before changing the rule.`,
      );
    }
    return edited.replaceAll(rule.find, rule.put);
  }, text);
}
