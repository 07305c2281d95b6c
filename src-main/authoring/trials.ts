// Runs functions on trial for their author, from a text or as deployed. A trial deploys nothing and is not listed among
// the requests. Must not know how a call travels.

import { wordsOfEnd } from '../../src-shared/end-reason.ts';
import type { TestRun } from '../../src-shared/function-detail.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import type { RequestError } from '../../src-shared/request-record.ts';
import { callFactsOf } from '../../src-shared/verdict.ts';
import type { Answer } from '../runtime/answer.ts';
import type { Caller } from '../runtime/caller.ts';
import type { Runtime, TrialMeta } from '../runtime/runtime.ts';
import { saidIn } from './python-answer.ts';

export interface TrialDeps {
  readonly runtime: Pick<Runtime, 'trial'>;
  readonly caller: Caller;
}

const MOST_CHARACTERS = 1_000_000;
const STOPPED = wordsOfEnd({ kind: 'stopped', why: 'a user stopped it' });

export function createTrials(deps: TrialDeps): Pick<Calls, 'tryFunction' | 'tryDeployed' | 'stopTrial'> {
  /** The trials that run and can be stopped, by the names that the page gave them; '' stands for none. */
  const running = new Map<string, AbortController>();
  const tried = async (
    trial: string,
    meta: TrialMeta,
    body: Buffer,
    resultIn: (body: string) => string,
  ): Promise<TestRun> => {
    const controller = new AbortController();
    if (trial !== '') running.set(trial, controller);
    try {
      const start = performance.now();
      const answer = await deps.runtime.trial(meta, body, deps.caller, controller.signal);
      return runIn(answer, performance.now() - start, resultIn);
    } finally {
      if (running.get(trial) === controller) running.delete(trial);
    }
  };
  return {
    tryFunction(source, functionName, data, trial) {
      const text = Buffer.from(source);
      const meta = { op: 'try', functionName, sourceBytes: text.length } as const;
      return tried(trial, meta, Buffer.concat([text, Buffer.from(data)]), (body) => body);
    },
    async tryDeployed(name, data, trial) {
      // JSON within JSON: invalid JSON would change the meaning of the request.
      const fault = faultOf(data);
      if (fault !== null) return failed({ type: 'JSONDecodeError', text: fault, line: null, traceback: null }, 0);
      return tried(trial, { op: 'try-deployed', name }, Buffer.from(`{"data": ${data}}`), responseIn);
    },
    stopTrial(trial) {
      running.get(trial)?.abort();
      return Promise.resolve(null);
    },
  };
}

/** @param waitedMs since it was asked for, where Python does not say how long it ran */
function runIn(answer: Answer, waitedMs: number, resultIn: (body: string) => string): TestRun {
  // It was stopped before it had an interpreter.
  if (answer.kind === 'refused' && answer.refusal.kind === 'caller-left')
    return failed({ type: STOPPED.type, text: STOPPED.text, line: null, traceback: null }, waitedMs);
  const elapsedMs = (answer.kind === 'answered' ? answer.ranMs : undefined) ?? waitedMs;
  const { answer: plain, pictures } = withoutPictures(answer);
  const said = saidIn(plain);
  const { prints } = said;
  if (!said.isAnswer) return { kind: 'failed', error: said.error, elapsedMs, prints, pictures };
  const call = callFactsOf(plain.kind === 'answered' ? plain.meta : null);
  return { kind: 'answered', result: shown(resultIn(said.body.toString())), call, elapsedMs, prints, pictures };
}

/** Pictures are the end of the body; the head has the size of each. */
function withoutPictures(answer: Answer): { readonly answer: Answer; readonly pictures: readonly string[] } {
  const sizes = answer.kind === 'answered' ? (answer.meta.pictures ?? []) : [];
  if (answer.kind !== 'answered' || sizes.length === 0) return { answer, pictures: [] };
  const end = answer.body.length - sizes.reduce((sum, size) => sum + size, 0);
  let start = end;
  const pictures = sizes.map((size) => answer.body.toString('base64', start, (start += size)));
  return { answer: { ...answer, body: answer.body.subarray(0, end) }, pictures };
}

function failed(error: RequestError, elapsedMs: number): TestRun {
  return { kind: 'failed', error, elapsedMs, prints: '', pictures: [] };
}

/** A window that draws hundreds of megabytes hangs. */
function shown(result: string): string {
  const more = result.length - MOST_CHARACTERS;
  return more > 0 ? `${result.slice(0, MOST_CHARACTERS)} … and ${more} characters more` : result;
}

/** The response in Python's own spelling: parsed and written again, `1.0` would become `1`. */
function responseIn(body: string): string {
  return body.slice('{"response": '.length, body.lastIndexOf(', "version": '));
}

function faultOf(json: string): string | null {
  try {
    JSON.parse(json);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}
