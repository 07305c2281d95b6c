// What is asked of the servers, and how a right answer looks. Must not know how it is sent or timed.

import { isDeepStrictEqual } from 'node:util';

export interface BenchCase {
  readonly name: string;
  readonly route: string;
  readonly connections: number;
  /** Callers that take turns, each under a name of its own; 1: nobody is named. */
  readonly callers: number;
  /** In words, for the page of figures. */
  readonly label: string;
  /** What we want to be: requests a second against TabPy's. */
  readonly aim: number;
  /** The JSON to send; made only when the case runs, for the largest has 40 MB. */
  readonly body: () => unknown;
  /** Whether the parsed answer is right. */
  readonly isRight: (answer: unknown) => boolean;
}

/** A function that the cases call: its name and its source. */
export interface DeployedFunction {
  readonly name: string;
  readonly source: string;
}

const ADD = 'return _arg1+_arg2';
const ADD_NESTED = "return tabpy.query('add', x=_arg1, y=_arg2)['response']";
const DOUBLE = 'return [x*2 for x in _arg1]';
const ECHO = "return {'amount': _arg1, 'name': _arg2}";
const VECTORS = `import numpy as np
x = np.asarray(_arg1)
return (np.sqrt(x) * 2.5 + np.sin(x)).tolist()`;
const GROUPS = `import pandas as pd
frame = pd.DataFrame({'amount': _arg1, 'name': _arg2})
return frame.groupby('name')['amount'].transform('mean').tolist()`;
const LOOP = `total = 0
for i in range(1000000):
    total += i % 7
return total`;

const ROWS = 200_000;
const POINTS = 2_000;
const NAMES = 500;
const LOOP_ANSWER = Array.from({ length: 1_000_000 }, (_, i) => i % 7).reduce((sum, value) => sum + value, 0);

/** What the cases call through /query and tabpy.query; `clustering` is the one of TabPy's documentation. */
export const FUNCTIONS: readonly DeployedFunction[] = [
  { name: 'add', source: 'def add(x, y):\n    return x + y\n' },
  {
    name: 'clustering',
    source: `def clustering(x, y):
    import numpy as np
    from sklearn.cluster import DBSCAN
    from sklearn.preprocessing import StandardScaler
    X = np.column_stack([x, y])
    X = StandardScaler().fit_transform(X)
    db = DBSCAN(eps=1, min_samples=3).fit(X)
    return db.labels_.tolist()
`,
  },
];

export const CASES: readonly BenchCase[] = [
  small(1, 2),
  small(8, 3),
  small(32, 3),
  small(64, 3),
  {
    ...script('callers-12', ADD, { aim: 1, data: onePlusTwo, isRight: (answer) => answer === 3 }),
    label: 'small calls of twelve callers in turn',
    callers: 12,
  },
  query(1, 2),
  query(8, 3),
  script('nested', ADD_NESTED, {
    label: '`tabpy.query` inside a script',
    aim: 12,
    data: onePlusTwo,
    isRight: (answer) => answer === 3,
  }),
  script('rows-10k', DOUBLE, {
    label: '10,000 rows of a number and a text',
    aim: 2,
    data: () => table(10_000),
    isRight: isDoubled(10_000),
  }),
  script('rows-200k', DOUBLE, {
    label: '200,000 rows of a number and a text',
    aim: 2.2,
    data: () => table(ROWS),
    isRight: isDoubled(ROWS),
  }),
  script('rows-1m', DOUBLE, {
    label: 'a million rows of a number and a text',
    aim: 2,
    data: () => table(1_000_000),
    isRight: isDoubled(1_000_000),
  }),
  script('echo-200k', ECHO, {
    label: '200,000 rows sent back as they came',
    aim: 2.2,
    data: () => table(ROWS),
    isRight: (answer) => isDeepStrictEqual(answer, { amount: amounts(ROWS), name: names(ROWS) }),
  }),
  script('numpy-200k', VECTORS, {
    label: 'numpy on 200,000 values',
    aim: 2,
    data: () => ({ _arg1: amounts(ROWS) }),
    isRight: areNear(() => amounts(ROWS).map((x) => Math.sqrt(x) * 2.5 + Math.sin(x))),
  }),
  script('pandas-200k', GROUPS, {
    label: 'pandas group-by on 200,000 rows',
    aim: 2,
    data: () => table(ROWS),
    isRight: areNear(() => meansOfNames(ROWS)),
  }),
  {
    name: 'dbscan-2k',
    label: 'DBSCAN on 2,000 points',
    callers: 1,
    route: '/query/clustering',
    connections: 1,
    aim: 1.5,
    body: () => ({ data: threeClusters() }),
    isRight: (answer) =>
      isDeepStrictEqual(
        (answer as { response?: unknown }).response,
        Array.from({ length: POINTS }, (_, i) => i % 3),
      ),
  },
  script('loop-1', LOOP, {
    label: 'a Python loop of a million steps',
    aim: 0.6,
    isRight: (answer) => answer === LOOP_ANSWER,
  }),
  script('loop-4', LOOP, {
    label: 'the same loop, 4 connections',
    connections: 4,
    aim: 1,
    isRight: (answer) => answer === LOOP_ANSWER,
  }),
];

/** The script that TabPy's client posts to /evaluate to deploy a function (`Client(url, remote_server=True).deploy`). */
export function deployScript(url: string, { name, source }: DeployedFunction): string {
  return `from tabpy.tabpy_tools.client import Client
client = Client('${url.replace(/\/*$/, '/')}')
${source}
client.deploy('${name}', ${name}, '', override=True, is_public=False, schema=None)`;
}

interface ScriptCase {
  readonly label?: string;
  readonly connections?: number;
  readonly aim: number;
  readonly data?: () => Readonly<Record<string, unknown>>;
  readonly isRight: (answer: unknown) => boolean;
}

function script(name: string, text: string, made: ScriptCase): BenchCase {
  const { label = name, connections = 1, aim, data, isRight } = made;
  const body = (): unknown => ({ data: data?.() ?? {}, script: text });
  return { name, label, route: '/evaluate', connections, callers: 1, aim, isRight, body };
}

function query(connections: number, aim: number): BenchCase {
  return {
    name: `query-${connections}`,
    label: `/query, ${connectionsText(connections)}`,
    route: '/query/add',
    connections,
    callers: 1,
    aim,
    body: () => ({ data: { x: 1, y: 2 } }),
    isRight: (answer) => isDeepStrictEqual((answer as { response?: unknown }).response, 3),
  };
}

function connectionsText(count: number): string {
  return count === 1 ? '1 connection' : `${count} connections`;
}

function small(connections: number, aim: number): BenchCase {
  return script(`small-${connections}`, ADD, {
    label: `small calls, ${connectionsText(connections)}`,
    connections,
    aim,
    data: onePlusTwo,
    isRight: (answer) => answer === 3,
  });
}

function onePlusTwo(): Readonly<Record<string, unknown>> {
  return { _arg1: 1, _arg2: 2 };
}

function table(rows: number): Readonly<Record<string, unknown>> {
  return { _arg1: amounts(rows), _arg2: names(rows) };
}

/** Amounts of money: positive, two decimals, none of them whole, the same in every run. */
function amounts(rows: number): number[] {
  return Array.from({ length: rows }, (_, i) => (((i * 7919) % 100_000) * 10 + 1 + (i % 9)) / 100);
}

function names(rows: number): string[] {
  return Array.from({ length: rows }, (_, i) => `Customer ${nameOf(i)}`);
}

function nameOf(row: number): number {
  return (row * 31) % NAMES;
}

function meansOfNames(rows: number): number[] {
  const sums = new Float64Array(NAMES);
  const counts = new Float64Array(NAMES);
  for (const [row, amount] of amounts(rows).entries()) {
    sums[nameOf(row)]! += amount;
    counts[nameOf(row)]! += 1;
  }
  return Array.from({ length: rows }, (_, row) => sums[nameOf(row)]! / counts[nameOf(row)]!);
}

/** Three heaps of points far from each other, in turns, so that DBSCAN labels them 0, 1, 2, 0, 1, 2 … */
function threeClusters(): { x: number[]; y: number[] } {
  const spread = (i: number, step: number): number => ((i * step) % 1_000) / 1_000;
  const points = Array.from({ length: POINTS }, (_, i) => i);
  return {
    x: points.map((i) => (i % 3 === 1 ? 10 : 0) + spread(i, 137)),
    y: points.map((i) => (i % 3 === 2 ? 10 : 0) + spread(i, 571)),
  };
}

function isDoubled(rows: number): (answer: unknown) => boolean {
  return (answer) =>
    isDeepStrictEqual(
      answer,
      amounts(rows).map((x) => x * 2),
    );
}

/** Equal but for the last digits, which differ between processors' mathematics. */
function areNear(expected: () => readonly number[]): (answer: unknown) => boolean {
  return (answer) => {
    const wanted = expected();
    return (
      Array.isArray(answer) &&
      answer.length === wanted.length &&
      answer.every((value, at) => Math.abs((value as number) - wanted[at]!) < 1e-6)
    );
  };
}
