// What the soak knows of each deployed function: what was acknowledged, what is under way, what an answer may therefore be.
// Must not send anything but looks.

import { isDeepStrictEqual } from 'node:util';
import { ask, evaluation, headersOf } from './soak-server.ts';
import type { HttpAnswer, Question } from './soak-server.ts';

/** A deployed function at one moment: its answers say which deployment they come from. null: it is not there. */
export type FunctionState = { readonly version: number; readonly generation: number } | null;

/** A look at a function, opened before the request is sent and closed with its answer. */
export interface Look {
  readonly question: Question;
  /** What is wrong with the answer, or null. */
  wrongWith(answer: HttpAnswer): string | null;
}

export interface FunctionBook {
  readonly names: () => readonly string[];
  state(name: string): FunctionState;
  /** The state that a version had, for going back to it. */
  generationOf(name: string, version: number): number | undefined;
  /** A change is sent. `settle(true)` when it was acknowledged, `settle(false)` when it was refused. */
  begin(name: string, next: FunctionState): { readonly settle: (isAcknowledged: boolean) => void };
  /** POST /query/:name, or tabpy.query inside a script. */
  look(name: string, rows: readonly number[], way: 'query' | 'nested', user: string): Look;
  /** GET /status, which must show each function with a version that it may have now. */
  lookAtStatus(): Look;
  /** Compares all that was acknowledged with what the server has; answers what is not as it should be. */
  differences(url: string): Promise<readonly string[]>;
  /** How many deployments and removals were acknowledged. */
  readonly acknowledged: () => number;
}

interface Page {
  readonly history: FunctionState[];
  pending: { readonly next: FunctionState } | null;
  generations: Map<number, number>;
}

const NOT_THERE = `The endpoint you're trying to query did not respond. Please make sure the endpoint exists and the correct set of arguments are provided.`;

/** The Python of a function of one generation: 3x + generation for every row. */
export function sourceOf(generation: number): string {
  return `def answer(x):\n    return [value * 3 + ${generation} for value in x]\n`;
}

export function createFunctionBook(): FunctionBook {
  const pages = new Map<string, Page>();
  let acknowledged = 0;
  const pageOf = (name: string): Page => {
    const page = pages.get(name) ?? { history: [null], pending: null, generations: new Map<number, number>() };
    pages.set(name, page);
    return page;
  };
  const now = (name: string): FunctionState => pageOf(name).history.at(-1)!;
  /** What may be seen by who starts to look now: called again when the answer is there, it answers all that was possible. */
  const watch = (name: string): (() => readonly FunctionState[]) => {
    const page = pageOf(name);
    const from = page.history.length - 1;
    // Under way now: it may have been seen before it is acknowledged.
    return () => [...page.history.slice(from), ...(page.pending ? [page.pending.next] : [])];
  };

  return {
    names: () => [...pages.keys()],
    state: now,
    generationOf: (name, version) => pageOf(name).generations.get(version),
    begin(name, next) {
      const page = pageOf(name);
      const pending = { next };
      page.pending = pending;
      return {
        settle(isAcknowledged) {
          page.pending = null;
          if (!isAcknowledged) return;
          acknowledged += 1;
          page.history.push(next);
          if (next) page.generations.set(next.version, next.generation);
          else page.generations = new Map();
        },
      };
    },
    look(name, rows, way, user) {
      const possible = watch(name);
      const isQuery = way === 'query';
      const question: Question = isQuery
        ? {
            method: 'POST',
            route: `/query/${encodeURIComponent(name)}`,
            body: JSON.stringify({ data: { x: rows } }),
            headers: headersOf(user),
          }
        : evaluation(`return tabpy.query('${name}', _arg1)['response']`, { _arg1: rows }, user);
      return {
        question,
        wrongWith(answer) {
          const states = possible();
          if (states.some((state) => isAnswerOf(state, name, rows, isQuery, answer))) return null;
          return `${way} '${name}' may be ${JSON.stringify(states)}, answered ${shortened(answer)}`;
        },
      };
    },
    lookAtStatus() {
      const watches = [...pages.keys()].map((name) => [name, watch(name)] as const);
      return {
        question: { method: 'GET', route: '/status' },
        wrongWith(answer) {
          const shown = answer.status === 200 ? versionsIn(answer.text) : null;
          if (!shown) return `/status answered ${shortened(answer)}`;
          for (const [name, possible] of watches) {
            const states = possible();
            if (!states.some((state) => state?.version === shown[name]?.version))
              return `/status shows '${name}' as ${JSON.stringify(shown[name])}; it may be ${JSON.stringify(states)}`;
            if (shown[name] && shown[name].status !== 'LoadSuccessful')
              return `/status shows '${name}' as ${JSON.stringify(shown[name])}`;
          }
          return null;
        },
      };
    },
    async differences(url) {
      const found: string[] = [];
      const listed = await ask(url, { method: 'GET', route: '/endpoints' });
      const shown = listed.status === 200 ? versionsIn(listed.text) : null;
      if (!shown) return [`/endpoints answered ${shortened(listed)}`];
      for (const name of pages.keys()) {
        const state = now(name);
        if (shown[name]?.version !== state?.version) {
          found.push(`'${name}' is at ${shown[name]?.version ?? 'nothing'}, acknowledged was ${JSON.stringify(state)}`);
          continue;
        }
        const look = this.look(name, [1, 2, 5], 'query', '');
        const wrong = look.wrongWith(await ask(url, look.question));
        if (wrong !== null) found.push(wrong);
      }
      return found;
    },
    acknowledged: () => acknowledged,
  };
}

function isAnswerOf(
  state: FunctionState,
  name: string,
  rows: readonly number[],
  isQuery: boolean,
  { status, text }: HttpAnswer,
): boolean {
  const body = jsonOf(text) as Record<string, unknown> | null;
  const response = state && rows.map((value) => value * 3 + state.generation);
  if (state === null) {
    if (status !== 404) return false;
    if (isQuery) return isDeepStrictEqual(body, { message: 'UnknownURI', info: `Endpoint '${name}' does not exist` });
    return body?.['message'] === 'Error processing script' && String(body['info']).startsWith(NOT_THERE);
  }
  if (status !== 200) return false;
  if (!isQuery) return isDeepStrictEqual(body, response);
  if (typeof body?.['uuid'] !== 'string') return false;
  const { uuid: _, ...rest } = body;
  return isDeepStrictEqual(rest, { response, version: state.version, model: name });
}

function versionsIn(text: string): Record<string, { readonly version: number; readonly status?: string }> | null {
  return jsonOf(text) as Record<string, { readonly version: number; readonly status?: string }> | null;
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function shortened({ status, text }: HttpAnswer): string {
  return `${status} ${text.length > 300 ? `${text.slice(0, 300)}…` : text}`;
}
