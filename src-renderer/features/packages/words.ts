// Words of the Packages screen.

import type { PackageSource } from '../../../src-shared/package.ts';
import { plural } from '../../text/figures.ts';

/** Some packages have dozens of modules. */
const MOST_LISTED = 6;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_LISTED;
  return more > 0 ? `${names.slice(0, MOST_LISTED).join(', ')} and ${more} more` : names.join(', ');
}

export const PACKAGE_WORDS = {
  add: 'Add a package',
  addLead:
    'Scripts and functions can import a package as soon as it is added. The server keeps running. You see everything that will be added before it is downloaded.',
  name: 'Name of the package, or of a module',
  nameHint: 'seaborn, openpyxl==3.1.5, cv2',
  plus: 'Add…',
  included: (name: string, imports: readonly string[]) =>
    `${name} is part of TabPy Tray. ${imports.length > 0 ? `Scripts can import ${listed(imports)}.` : ''}`.trimEnd(),
  chooseFile: 'Choose a .whl file…',
  dropFile: 'You can also drop a .whl file here.',
  noWheel: (name: string) => `${name} is not a .whl file. Choose a Python wheel.`,
  unreadable: 'The file cannot be read. Check that it is still there and choose it again.',
  cancel: 'Cancel',
  working: 'Changing packages',
  plan: 'What will be added',
  update: 'What will be updated',
  nothingToDo: 'Everything is there already.',
  nothingNewer: 'There is no newer version that works with the other packages.',
  alreadyHere: (names: string) => `Already there: ${names}.`,
  goes: 'no longer needed, will be removed',
  instead: (before: string) => `replaces ${before}`,
  neededBy: (names: string) => `needed by ${names}`,
  sources: {
    index: (index: string) => `from ${index}`,
    pyodide: () => 'from Pyodide',
    file: () => 'from the file',
  } satisfies Record<PackageSource, (index: string) => string>,
  addNow: (count: number) => (count === 1 ? 'Add this package' : `Add ${count} packages`),
  updateNow: 'Update',
  notNow: 'Not now',
  sealed:
    'A package has the same limits as a script: it cannot reach your files or the network. It sees the data that scripts receive.',
  done: 'The packages were added',
  nowThere: (names: string) => `Added: ${names}.`,
  nowWorks: (imports: readonly string[]) =>
    imports.length > 0
      ? `Scripts and functions can import ${listed(imports)} now.`
      : 'Scripts and functions can use them now.',
  nowFaulty: (name: string, fault: string) => `${name} does not work. ${fault}`,
  missedBy: (module: string) => `A script tried to import ${module} before. Send its request again:`,
  toRequest: (id: number) => `Request ${id}`,
  missing: 'Missing packages',
  missingLead: 'Scripts and functions tried to import these packages and failed.',
  times: (count: number, when: string) => `${plural(count, 'time', 'times')}, last: ${when}`,
  remedies: {
    add: (name: string) => `The package ${name} provides it.`,
    look: 'TabPy Tray does not know this name from the script. Add it only if you know the package: anybody can publish a package under a free name.',
  },
  addOne: (name: string) => `Add ${name}…`,
  imports: (names: readonly string[]) => `import ${listed(names)}`,
  added: 'Added',
  addedNone: 'None yet. A package that you add stays until you remove it.',
  lookForUpdates: 'Look for updates',
  fromFile: 'from a file',
  remove: 'Remove…',
  removeOne: (name: string) => `Remove ${name}…`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText: 'Scripts and functions that import it will fail. Packages that only it needs are removed too.',
  removeNow: 'Remove',
  keep: 'Keep',
  removed: (name: string) => `${name} was removed`,
  faulty: 'Does not work',
  bundled: 'Included in TabPy Tray',
  bundledNone: 'The list appears when Python is ready.',
  standard: "Python's standard library is included too, without threads, processes and network.",
  about: {
    numpy: 'Arrays and linear algebra',
    pandas: 'Tables',
    scipy: 'Statistics, optimisation, signals',
    'scikit-learn': 'Machine learning',
    statsmodels: 'Statistical models, time series',
    matplotlib: 'Plots',
    requests: 'Can be imported, but scripts have no network',
    regex: 'Regular expressions, with more features than re',
    simplejson: 'JSON',
    cloudpickle: 'Stores deployed functions',
    tzdata: 'Time zones',
    pillow: 'Images',
    nltk: 'Natural language, with VADER’s lexicon',
    textblob: 'Sentiment and phrases of English texts',
    vadersentiment: 'Sentiment of English texts',
  } as Readonly<Record<string, string>>,
  alsoBundled: (names: string) => `Packages that these need: ${names}.`,
} as const;
