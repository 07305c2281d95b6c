// Runs functions on trial for their author, from a text or as deployed. A trial deploys nothing and is not listed among
// the requests. Must not know how a call travels.

import type { TestRun } from '../../src-shared/function-detail.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import type { Answer } from '../runtime/answer.ts';
import type { Caller } from '../runtime/caller.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { saidIn } from './python-answer.ts';

export interface TrialDeps {
  readonly runtime: Pick<Runtime, 'author' | 'query'>;
  readonly caller: Caller;
  readonly evaluateTimeoutMs: () => number;
}

export function createTrials({
  runtime,
  caller,
  evaluateTimeoutMs,
}: TrialDeps): Pick<Calls, 'tryFunction' | 'tryDeployed'> {
  return {
    async tryFunction(source, functionName, data) {
      const text = Buffer.from(source);
      const meta = { op: 'try', functionName, sourceBytes: text.length } as const;
      return timed(
        () => runtime.author(meta, Buffer.concat([text, Buffer.from(data)]), caller),
        (body) => body,
      );
    },
    async tryDeployed(name, data) {
      // JSON within JSON: invalid JSON would change the meaning of the request.
      const fault = faultOf(data);
      if (fault !== null) {
        const error = { type: 'JSONDecodeError', text: fault, line: null, traceback: null };
        return { kind: 'failed', error, elapsedMs: 0, prints: '' };
      }
      return timed(
        () => runtime.query(name, Buffer.from(`{"data": ${data}}`), caller, evaluateTimeoutMs()),
        responseIn,
      );
    },
  };
}

const MOST_CHARACTERS = 1_000_000;

async function timed(run: () => Promise<Answer>, resultIn: (body: string) => string): Promise<TestRun> {
  const start = performance.now();
  const answer = await run();
  const elapsedMs = (answer.kind === 'answered' ? answer.ranMs : undefined) ?? performance.now() - start;
  const said = saidIn(answer);
  const { prints } = said;
  if (!said.isAnswer) return { kind: 'failed', error: said.error, elapsedMs, prints };
  const result = resultIn(said.body.toString());
  return { kind: 'answered', result: shown(result), elapsedMs, prints };
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
