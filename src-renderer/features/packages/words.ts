// The words of the Packages screen, a part of strings.ts. What comes from the network is never here.

import type { PackageSource } from '../../../src-shared/package.ts';

const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

export const PACKAGE_STRINGS = {
  add: 'Add a package',
  addLead:
    'Scripts and functions can import it as soon as it is added; the server runs on. What comes along is shown before anything is fetched.',
  name: 'Name',
  nameHint: 'seaborn, openpyxl==3.1.5',
  lookUp: 'Look up',
  chooseFile: 'Choose a .whl file…',
  dropFile: 'Or drop a .whl file here.',
  noWheel: (name: string) => `${name} is not a .whl file.`,
  cancel: 'Cancel',
  working: 'Packages are being changed',

  plan: 'What will be added',
  update: 'What will be updated',
  nothingToDo: 'All of it is here already.',
  nothingNewer: 'Nothing newer fits what is here.',
  alreadyHere: (names: string) => `Already here: ${names}.`,
  goes: 'No longer needed, goes',
  instead: (before: string) => `instead of ${before}`,
  neededBy: (names: string) => `needed by ${names}`,
  sources: {
    index: (index: string) => `from ${index}`,
    pyodide: () => 'from Pyodide’s builds',
    file: () => 'from the file',
  } satisfies Record<PackageSource, (index: string) => string>,
  addNow: (count: number) => (count === 1 ? 'Add it' : `Add ${count} packages`),
  updateNow: 'Update',
  notNow: 'Not now',
  sealed:
    'A package runs inside the same walls as scripts: it reaches no files and no network. It sees what scripts are given.',
  done: 'Packages were changed',

  missing: 'Asked for but missing',
  missingLead: 'Scripts and functions wanted to import these, and failed.',
  times: (count: number, when: string) => `${plural(count, 'time', 'times')}, last at ${when}`,
  remedies: {
    add: (name: string) => `The package ${name} brings it.`,
    look: 'Nothing is known of this name, which a script said. Install it only if you know the package: names on an index belong to whoever took them first.',
  },
  install: 'Install…',
  installOne: (name: string) => `Install ${name}…`,
  lookUpOne: (name: string) => `Look up ${name}…`,
  missingHere: (module: string) => `The script imports ${module}, which is not here.`,
  missingAdded: (module: string) =>
    `The script imports ${module}, which was not here. It may be by now: replay the request.`,

  added: 'Added',
  addedNone: 'None yet. What you add stays until you remove it.',
  lookForUpdates: 'Look for updates',
  fromFile: 'from a file',
  remove: 'Remove…',
  removeOne: (name: string) => `Remove ${name}…`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText: 'Scripts and functions that import it will fail. What only it needed goes with it.',
  removeNow: 'Remove',
  keep: 'Keep',
  removed: (name: string) => `${name} was removed`,
  faulty: 'Does not work',

  bundled: 'Bundled with TabPy Tray',
  bundledNone: 'Known as soon as Python is ready.',
  standard: "Python's standard library is here too, without threads, processes and network.",
  about: {
    numpy: 'Arrays and linear algebra',
    pandas: 'Tables',
    scipy: 'Statistics, optimisation, signals',
    'scikit-learn': 'Machine learning',
    statsmodels: 'Statistical models, time series',
    matplotlib: 'Plots',
    requests: 'Imports, but scripts have no network',
    regex: 'Regular expressions beyond re',
    simplejson: 'JSON',
    cloudpickle: 'Carries deployed functions',
    tzdata: 'Time zones',
    pillow: 'Pictures',
    nltk: 'Language, with VADER’s lexicon',
    textblob: 'Sentiment and phrases of English',
    vadersentiment: 'Words and their sentiment',
  } as Readonly<Record<string, string>>,
  alsoBundled: (names: string) => `And what these need: ${names}.`,
} as const;
