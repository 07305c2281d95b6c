// What a program could say of its packages, for the pages of tests and the pictures. Must not know the page.

import type { PackagePlan, PackagesState } from '../../../src-shared/package.ts';

const TUESDAY = new Date(2026, 10, 24, 12, 38, 12).getTime();

const bundled = [
  ['cloudpickle', '3.1.2'],
  ['matplotlib', '3.10.8'],
  ['nltk', '3.9.4'],
  ['numpy', '2.4.3'],
  ['pandas', '3.0.2'],
  ['pillow', '12.2.0'],
  ['python-dateutil', '2.9.0.post0'],
  ['regex', '2026.3.32'],
  ['requests', '2.33.1'],
  ['scikit-learn', '1.8.0'],
  ['scipy', '1.18.0'],
  ['simplejson', '3.20.2'],
  ['textblob', '0.20.1'],
  ['tzdata', '2025.3'],
  ['vadersentiment', '3.3.2'],
] as const;

/** Modules that are not called as their package is. */
const MODULES: Readonly<Record<string, string>> = {
  pillow: 'PIL',
  'python-dateutil': 'dateutil',
  'scikit-learn': 'sklearn',
  vadersentiment: 'vaderSentiment',
};

export const PACKAGES: PackagesState = {
  bundled: bundled.map(([name, version]) => ({ name, version, imports: [MODULES[name] ?? name] })),
  added: [
    {
      name: 'seaborn',
      version: '0.13.2',
      source: 'index',
      bytes: 294_914,
      asked: 'seaborn',
      neededBy: [],
      imports: ['seaborn'],
      fault: null,
    },
    {
      name: 'openpyxl',
      version: '3.1.5',
      source: 'index',
      bytes: 250_910,
      asked: 'openpyxl==3.1.5',
      neededBy: [],
      imports: ['openpyxl'],
      fault: null,
    },
    {
      name: 'et-xmlfile',
      version: '2.0.0',
      source: 'index',
      bytes: 18_059,
      asked: null,
      neededBy: ['openpyxl'],
      imports: ['et_xmlfile'],
      fault: null,
    },
    {
      name: 'ourmodels',
      version: '1.4.0',
      source: 'file',
      bytes: 41_203,
      asked: 'ourmodels==1.4.0',
      neededBy: [],
      imports: ['ourmodels'],
      fault: "It cannot be imported: ImportError : cannot import name 'pairwise' from 'ourmodels.compat'",
    },
  ],
  missing: [
    {
      module: 'statsmodels',
      remedy: { kind: 'add', package: 'statsmodels' },
      count: 23,
      lastAt: TUESDAY,
      request: 112,
    },
    {
      module: 'prophet',
      remedy: {
        kind: 'cannot',
        package: 'prophet',
        instead:
          'Prophet needs compiled Stan programs, which WebAssembly cannot run. Use statsmodels (ExponentialSmoothing, SARIMAX), or a regression of scikit-learn on seasonal terms.',
      },
      count: 2,
      lastAt: TUESDAY - 90_000,
      request: 100,
    },
    {
      module: 'salesrules',
      remedy: { kind: 'look', package: 'salesrules' },
      count: 1,
      lastAt: TUESDAY - 4_000_000,
      request: 1,
    },
  ],
  work: null,
};

export const PLAN: PackagePlan = {
  id: 1,
  packages: [
    {
      name: 'statsmodels',
      version: '0.14.6',
      source: 'pyodide',
      bytes: null,
      isThere: false,
      before: null,
      isAsked: true,
      neededBy: [],
    },
    {
      name: 'patsy',
      version: '1.0.2',
      source: 'index',
      bytes: 233_301,
      isThere: false,
      before: null,
      isAsked: false,
      neededBy: ['statsmodels'],
    },
    {
      name: 'seaborn',
      version: '0.13.2',
      source: 'index',
      bytes: 294_914,
      isThere: true,
      before: null,
      isAsked: true,
      neededBy: [],
    },
  ],
  bundled: [
    { name: 'numpy', version: '2.4.3' },
    { name: 'pandas', version: '3.0.2' },
    { name: 'scipy', version: '1.18.0' },
  ],
  gone: [],
  index: 'packages.example.org',
  notes: [],
};

export const WORKING: PackagesState = {
  ...PACKAGES,
  work: { kind: 'changing', text: 'Fetching Python packages: statsmodels…', fraction: 0.42 },
};
