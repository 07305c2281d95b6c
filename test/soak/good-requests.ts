// What analysts ask, with the one right answer to each. Must not know who disturbs them.

import { isDeepStrictEqual } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { FunctionBook, Look } from './function-book.ts';
import { jsonOf, shortened } from './function-book.ts';
import type { Random } from './random.ts';
import { evaluation } from './soak-server.ts';
import type { Question } from './soak-server.ts';

export interface GoodRequest {
  readonly kind: string;
  /** Whether its latency is counted. */
  readonly isSmall: boolean;
  readonly look: Look;
}

const MANY = 10_000;

/** One request, with numbers of its own, so that no answer fits another. */
export function goodRequest(random: Random, book: FunctionBook, user: string): GoodRequest {
  const number = (): number => random.whole(-1_000_000, 1_000_000);
  const numbers = (count: number): number[] => Array.from({ length: count }, number);
  const kinds: readonly (readonly [number, () => GoodRequest])[] = [
    [
      30,
      () => {
        const [a, b, c] = [number(), number(), number()];
        return small('scalar', `return _arg1 * ${c} + _arg2`, { _arg1: a, _arg2: b }, a * c + b, user);
      },
    ],
    [
      15,
      () => {
        const rows = numbers(random.whole(1, 30));
        const add = number();
        const answer = rows.map((row) => row + add);
        return small('rows', `return [row + ${add} for row in _arg1]`, { _arg1: rows }, answer, user);
      },
    ],
    [
      5,
      () => {
        const names = numbers(8).map((one) => `naïve 世界 ${one}`);
        const answer = names.map((name, at) => (at % 3 === 0 ? null : name.toUpperCase()));
        const script = 'return [None if at % 3 == 0 else name.upper() for at, name in enumerate(_arg1)]';
        return small('text', script, { _arg1: names }, answer, user);
      },
    ],
    [
      4,
      () => {
        const name = `missing_${random.whole(0, 1_000_000)}`;
        const body = { message: 'Error processing script', info: `NameError : name '${name}' is not defined` };
        return exact('mistake', evaluation(`x = 1\nreturn ${name}`, {}, user), 500, body);
      },
    ],
    [
      5,
      () => {
        const rows = numbers(MANY);
        const question = evaluation('return [row * 2 for row in _arg1]', { _arg1: rows }, user);
        const isZipped = random.next() < 0.3;
        const sent: Question = isZipped
          ? {
              ...question,
              body: Uint8Array.from(gzipSync(question.body ?? '')),
              headers: { ...question.headers, 'content-encoding': 'gzip' },
            }
          : question;
        const answer = rows.map((row) => row * 2);
        return exact(isZipped ? '10k rows gzip' : '10k rows', sent, 200, answer);
      },
    ],
    [
      5,
      () => {
        const rows = numbers(random.whole(10, 2_000));
        let sum = 0;
        const script = 'import numpy as np\nreturn np.cumsum(np.asarray(_arg1)).tolist()';
        const answer = rows.map((row) => (sum += row));
        return exact('numpy', evaluation(script, { _arg1: rows }, user), 200, answer);
      },
    ],
    [
      4,
      () => {
        const rows = numbers(300);
        const keys = rows.map((_, at) => `k${(at * 7) % 5}`);
        const script =
          "import pandas as pd\nframe = pd.DataFrame({'key': _arg1, 'value': _arg2})\n" +
          "return frame.groupby('key', as_index=False)['value'].sum()";
        return exact('pandas', evaluation(script, { _arg1: keys, _arg2: rows }, user), 200, sumsOf(keys, rows));
      },
    ],
    [16, () => ofFunction('query', random, book, user)],
    [12, () => ofFunction('nested', random, book, user)],
    [5, () => ({ kind: 'info', isSmall: false, look: lookAtInfo })],
    [4, () => ({ kind: 'status', isSmall: false, look: book.lookAtStatus() })],
  ];
  return random.weighted(kinds)();
}

const lookAtInfo: Look = {
  question: { method: 'GET', route: '/info' },
  wrongWith(answer) {
    const body = jsonOf(answer.text) as { versions?: { v1?: { features?: { evaluate_enabled?: boolean } } } } | null;
    const isRight = answer.status === 200 && body?.versions?.v1?.features?.evaluate_enabled === true;
    return isRight ? null : `/info answered ${shortened(answer)}`;
  },
};

function ofFunction(way: 'query' | 'nested', random: Random, book: FunctionBook, user: string): GoodRequest {
  const rows = Array.from({ length: random.whole(1, 20) }, () => random.whole(0, 1_000_000));
  return { kind: way, isSmall: false, look: book.look(random.pick(book.names()), rows, way, user) };
}

function small(
  kind: string,
  script: string,
  data: Readonly<Record<string, unknown>>,
  answer: unknown,
  user: string,
): GoodRequest {
  return { ...exact(kind, evaluation(script, data, user), 200, answer), isSmall: true };
}

function exact(kind: string, question: Question, status: number, expected: unknown): GoodRequest {
  return {
    kind,
    isSmall: false,
    look: {
      question,
      wrongWith: (answer) =>
        answer.status === status && isDeepStrictEqual(jsonOf(answer.text), expected)
          ? null
          : `expected ${status} ${JSON.stringify(expected).slice(0, 200)}, answered ${shortened(answer)}`,
    },
  };
}

function sumsOf(keys: readonly string[], rows: readonly number[]): { key: string[]; value: number[] } {
  const sums = new Map<string, number>();
  for (const [at, key] of keys.entries()) sums.set(key, (sums.get(key) ?? 0) + rows[at]!);
  const sorted = [...sums].toSorted(([a], [b]) => a.localeCompare(b));
  return { key: sorted.map(([key]) => key), value: sorted.map(([, sum]) => sum) };
}
