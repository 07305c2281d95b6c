// What a program could say of its functions when they are looked at one by one. Must not know the page.

import type { DeployedFunction } from '../../../src-shared/function.ts';
import type {
  ExportContents,
  FunctionDetail,
  FunctionFigures,
  SourceCheck,
  TestRun,
} from '../../../src-shared/function-detail.ts';
import { NOW } from './scenes.ts';

const HOUR = 3_600;
const now = Math.floor(NOW / 1000);

export const FIGURES: Readonly<Record<string, FunctionFigures>> = {
  profitRatio: { calls: 1_284, errors: 3, p95Ms: 4.2, lastAt: NOW - 90_000 },
  clustering: { calls: 96, errors: 0, p95Ms: 41, lastAt: NOW - 900_000 },
  ttest: { calls: 12, errors: 0, p95Ms: 6.1, lastAt: NOW - 5_400_000 },
};

export const SOURCE = `def profit_ratio(sales: list, costs: list) -> list:
    """Profit ratio of each mark.

    Args:
        sales: what was sold, one number a mark.
        costs: what it cost, one number a mark.

    """
    # Nothing sold: no ratio, and no division by zero.
    return [(s - c) / s if s else None for s, c in zip(sales, costs)]
`;

/** Of version 3, 2 and 1 of a function. */
export function sourceOfVersion(version: number): string {
  if (version === 3) return SOURCE;
  const second = SOURCE.replace(/ +# .*\n/, '').replace(' if s else None', '');
  return version === 2 ? second : second.replace('sales: list, costs: list) -> list', 'sales, costs)');
}

export function functionDetail(endpoint: DeployedFunction): FunctionDetail {
  const libraries = { numpy: '2.4.3', pandas: '3.0.2' };
  return {
    endpoint,
    source: SOURCE,
    parameters: [
      { name: 'sales', type: 'number', isRequired: true, about: 'what was sold, one number a mark' },
      { name: 'costs', type: 'number', isRequired: true, about: 'what it cost, one number a mark' },
    ],
    tests: {
      examples: [
        { name: 'two regions', data: '{"sales":[10,20],"costs":[5,8]}', expected: '[0.5, 0.6]' },
        { name: 'nothing sold', data: '{"sales":[0],"costs":[3]}', expected: null },
      ],
      tried: null,
    },
    versions: [
      {
        version: 3,
        deployedAt: now - 2 * HOUR,
        deployedBy: 'window',
        python: '3.14.2',
        libraries,
        hasSource: true,
        functionName: 'profit_ratio',
        notes: [],
        pickleBytes: 812,
      },
      {
        version: 2,
        deployedAt: now - 30 * HOUR,
        deployedBy: '::1 (ana.lopez)',
        python: '3.14.2',
        libraries,
        hasSource: true,
        functionName: 'profit_ratio',
        notes: [],
        pickleBytes: 640,
      },
      {
        version: 1,
        deployedAt: now - 900 * HOUR,
        deployedBy: null,
        python: null,
        libraries: {},
        hasSource: true,
        functionName: 'profit_ratio',
        notes: [],
        pickleBytes: 590,
      },
    ],
  };
}

export const CHECKED: SourceCheck = {
  functions: [
    {
      name: 'profit_ratio',
      docstring: 'Profit ratio of each mark.',
      line: 1,
      parameters: functionDetail({} as DeployedFunction).parameters ?? [],
    },
  ],
  problems: [],
};

export const FAULTY: SourceCheck = {
  functions: CHECKED.functions,
  problems: [
    {
      severity: 'error',
      text: "'(' was never closed",
      line: 9,
      column: 13,
      endLine: 9,
      endColumn: 14,
    },
    { severity: 'warning', text: 'costs is not used', line: 1, column: 31, endLine: 1, endColumn: 36 },
  ],
};

export const ANSWERED: TestRun = {
  kind: 'answered',
  call: {
    rowsSent: 3,
    rowsBack: 4,
    rejection: { kind: 'wrong-length', rowsSent: 3, rowsBack: 4 },
    nullArguments: [],
  },
  result: '[0.25, 0.4, null, 0.125]',
  elapsedMs: 3.4,
  prints: '4 marks\n',
  pictures: [],
};

export const FAILED_RUN: TestRun = {
  kind: 'failed',
  error: {
    type: 'TypeError',
    text: "unsupported operand type(s) for -: 'str' and 'int'",
    line: 10,
    traceback: 'Traceback (most recent call last):\n  line 10, in profit_ratio\nTypeError: …',
  },
  elapsedMs: 2.1,
  prints: '',
  pictures: [],
};

export const CONTENTS: ExportContents = {
  functions: [
    { name: 'clustering', version: 4, description: 'DBSCAN over two measures', isTaken: true, problem: null },
    { name: 'churn', version: 1, description: 'How likely a customer leaves', isTaken: false, problem: null },
    {
      name: 'legacy',
      version: 2,
      description: '',
      isTaken: false,
      problem: 'It was saved by Python 3.8 and its source is not in the file.',
    },
  ],
};
