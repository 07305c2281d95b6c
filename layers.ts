// The law: what each folder may import. `npm run check` holds every file to it, types and tests included, and refuses cycles
// between files. ARCHITECTURE.md's table is made from it (`npm run docs`). Add a folder here before its first file.

/** One folder: what it holds, and what its files may import beside each other and `EVERYWHERE`. */
export interface Layer {
  readonly holds: string;
  /** Folders, by their names in this table. */
  readonly imports?: readonly string[];
  /** Folders of which types alone may be imported. */
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
  /** Runs where Node is not there: in the page, in the guest, in a sandboxed preload script. */
  readonly hasNoNode?: true;
}

/** What any folder may import: words and shapes that both sides share; and below src-main, safe reading of files. */
export const EVERYWHERE: readonly string[] = ['src-shared', 'src-main/disk'];

export const LAYERS: Readonly<Record<string, Layer>> = {
  'src-shared': {
    holds: 'settings, states, calls, records: what program and page agree on',
    packages: ['valibot'],
    hasNoNode: true,
  },

  // The program, from what knows least to what knows most.
  'src-main/disk': { holds: 'safe, bounded reading of files and calls that others wrote' },
  'src-main/python': { holds: 'the Python that runs inside; the table of hints is data for both sides' },
  'src-main/settings': { holds: 'the settings that apply, and where each comes from', packages: ['conf'] },
  'src-main/sign-in': { holds: 'user names and passwords' },
  'src-main/activity': { holds: 'the log, the latest requests, figures' },
  'src-main/functions': {
    holds: 'deployed functions: registry, quota, export files',
    packages: ['valibot', 'write-file-atomic', 'yauzl', 'yazl'],
  },
  'src-main/runtime': { holds: 'the pool of interpreters, and what they are asked', packages: ['valibot'] },
  'src-main/packages': {
    holds: 'Python packages: the store, the index, those that the user added',
    imports: ['src-main/python'],
    packages: ['valibot', 'write-file-atomic', 'yauzl', 'yazl'],
  },
  'src-main/script-files': { holds: 'the folder whose files scripts may read', types: ['src-main/activity'] },
  'src-main/engines/builtin/guest': {
    holds: 'Pyodide and what surrounds it inside the realm',
    packages: ['pyodide'],
    hasNoNode: true,
  },
  'src-main/engines/builtin/host': {
    holds: 'Node around the guest: a sealed process',
    types: ['src-main/engines/builtin/guest'],
  },
  'src-main/engines/builtin/image': {
    holds: 'makes the image that interpreters start from',
    imports: ['src-main/engines/builtin/host'],
    types: ['src-main/engines/builtin/guest'],
    packages: ['yauzl'],
  },
  'src-main/engines/builtin/supply': {
    holds: 'gets an image ready and starts interpreters from it',
    imports: [
      'src-main/engines/builtin/host',
      'src-main/engines/builtin/image',
      'src-main/packages',
      'src-main/runtime',
    ],
    types: ['src-main/engines/builtin/guest'],
    packages: ['valibot', 'write-file-atomic'],
  },
  'src-main/engines/builtin/web': {
    holds: 'a page and its worker around the guest',
    imports: ['src-main/engines/builtin/host'],
    types: ['src-main/engines/builtin/guest', 'src-main/engines/builtin/supply'],
    hasNoNode: true,
  },
  'src-main/http': {
    holds: "TabPy's REST: what is refused, read and answered",
    imports: ['src-main/functions'],
    types: ['src-main/activity', 'src-main/runtime', 'src-main/settings', 'src-main/sign-in'],
    packages: ['koa', '@koa/router'],
  },
  'src-main/listening': { holds: 'addresses and ports, TLS, who holds a port', imports: ['src-main/http'] },
  'src-main/lifecycle': {
    holds: 'starts and stops the server; its state',
    types: ['src-main/activity', 'src-main/listening', 'src-main/runtime'],
  },
  'src-main/authoring': {
    holds: 'what an author does with functions',
    types: ['src-main/runtime'],
    packages: ['@astral-sh/ruff-wasm-nodejs', 'valibot', 'write-file-atomic'],
  },
  'src-main/calls': {
    holds: 'what the page and commands may ask',
    types: ['src-main/activity', 'src-main/authoring', 'src-main/lifecycle', 'src-main/listening'],
  },
  'src-main/tabpy-import': {
    holds: 'reads an existing TabPy: its settings and functions',
    imports: ['src-main/activity', 'src-main/functions', 'src-main/settings'],
    types: ['src-main/runtime'],
    packages: ['write-file-atomic'],
  },
  'src-main/console': { holds: 'the page for a browser, on a port of its own', packages: ['koa', 'write-file-atomic'] },
  'src-main/instance': {
    holds: 'one program for each data folder: lock, control socket, version',
    imports: ['src-main/settings'],
    packages: ['conf', 'env-paths', 'write-file-atomic'],
  },
  'src-main/launcher': { holds: 'finds or fetches Electron, builds the app from its sources' },
  'src-main/shell': {
    holds: 'Electron: tray, windows, updates, quitting',
    imports: ['src-main/launcher'],
    types: ['src-main/activity', 'src-main/engines/builtin/supply', 'src-main/lifecycle', 'src-main/settings'],
    packages: ['electron', 'electron-store', 'electron-updater', 'valibot', 'write-file-atomic'],
  },
  'src-main/composition': {
    holds: 'puts the parts together',
    imports: [
      'src-main/activity',
      'src-main/authoring',
      'src-main/calls',
      'src-main/engines/builtin/image',
      'src-main/engines/builtin/supply',
      'src-main/functions',
      'src-main/http',
      'src-main/instance',
      'src-main/lifecycle',
      'src-main/listening',
      'src-main/packages',
      'src-main/runtime',
      'src-main/script-files',
      'src-main/settings',
      'src-main/shell',
      'src-main/sign-in',
      'src-main/tabpy-import',
    ],
  },
  'src-main/cli': {
    holds: 'one file for each command',
    imports: [
      'src-main/activity',
      'src-main/composition',
      'src-main/console',
      'src-main/engines/builtin/supply',
      'src-main/functions',
      'src-main/instance',
      'src-main/launcher',
      'src-main/packages',
      'src-main/settings',
      'src-main/sign-in',
      'src-main/tabpy-import',
    ],
    packages: ['write-file-atomic'],
  },
  'src-main/entries': {
    holds: 'where programs begin: app, command line, npm start, preload scripts',
    imports: [
      'src-main/activity',
      'src-main/cli',
      'src-main/composition',
      'src-main/console',
      'src-main/engines/builtin/supply',
      'src-main/functions',
      'src-main/instance',
      'src-main/launcher',
      'src-main/packages',
      'src-main/settings',
      'src-main/shell',
      'src-main/tabpy-import',
    ],
    types: ['src-main/lifecycle'],
    packages: ['electron', 'electron-updater', 'env-paths'],
  },

  // The page. Only bridge/ talks to the program; a feature does not know another feature.
  'src-renderer': { holds: 'the page', hasNoNode: true },

  // What is not in the product.
  packaging: { holds: 'makes icons, installers and documents', imports: ['*'] },
  test: { holds: 'tests and benchmarks', imports: ['*'] },
};

/** Names of packages that one file alone may import. */
export const ONLY_IN = [{ package: 'electron', name: 'ipcMain', file: 'src-main/shell/ipc.ts' }] as const;
