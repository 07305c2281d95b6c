// What a program could say of its environments, for the pages of tests and the pictures. Must not know the page.

import type { Environment, EnvironmentsState, FoundPython } from '../../../src-shared/environment.ts';

const packages = [
  { name: 'numpy', version: '2.4.3' },
  { name: 'pandas', version: '3.0.2' },
  { name: 'torch', version: '2.12.0' },
];

export const LAB: Environment = {
  name: 'churn',
  kind: 'existing',
  python: '/home/ana/projects/churn/.venv/bin/python3',
  version: '3.12.4',
  prefix: '/home/ana/projects/churn/.venv',
  basePrefix: '/usr',
  packages,
  fault: null,
};

export const MANAGED: Environment = {
  ...LAB,
  name: 'sales',
  kind: 'managed',
  version: '3.13.1',
  python: '/home/ana/.local/share/tabpy-tray/environments/6bc29847f1107d23dfdd244d64aca1a6/venv/bin/python3',
};

export const GONE: Environment = {
  ...LAB,
  name: 'old',
  packages: [],
  fault: '/home/ana/old/bin/python3 is no longer there. Remove it from the list, or put the Python back.',
};

export const ENVIRONMENTS: EnvironmentsState = { environments: [LAB, MANAGED, GONE], standard: 'churn', work: null };

export const FOUND: readonly FoundPython[] = [
  { kind: 'virtual environment', python: '/home/ana/projects/geo/.venv/bin/python3', version: '3.11.9' },
  { kind: 'conda', python: '/home/ana/miniconda3/bin/python3', version: '3.13.1' },
  { kind: 'system', python: '/usr/bin/python3', version: null },
];
