// Runs scripts of the program's own in Python. Must not know where they run.

import type { Json } from '../../src-shared/function.ts';
import { wordsOfEnd } from '../../src-shared/end-reason.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import type { Answer } from '../runtime/answer.ts';

export interface OwnScripts {
  /** Runs a script with `_arg1` … . Rejects with Refusal `refused` when there is no result, with the reason. */
  run(script: string, ...args: readonly Json[]): Promise<unknown>;
}

/**
 * @param ask runs a body of POST /evaluate
 * @param failed begins the sentence that tells why something failed
 */
export function createOwnScripts(ask: (body: Buffer) => Promise<Answer>, failed: string): OwnScripts {
  const refused = (why: string): Refusal => new Refusal('refused', `${failed}: ${why}`);
  const resultOf = (answer: Answer): unknown => {
    switch (answer.kind) {
      case 'answered': {
        const body: unknown = JSON.parse(answer.body.toString());
        if (answer.meta.status === 200) return body;
        throw refused(String((body as { readonly info: unknown }).info));
      }
      case 'change-refused':
        throw refused(answer.why);
      case 'ended':
        throw refused(`Python ended (${wordsOfEnd(answer.reason).log}). Try again.`);
      case 'refused':
        throw refused(
          answer.refusal.kind === 'closed'
            ? 'start the server first.'
            : `Python is not available (${answer.refusal.kind}).`,
        );
    }
  };
  return {
    async run(script, ...args) {
      const data = Object.fromEntries(args.map((value, index) => [`_arg${index + 1}`, value]));
      const body = Buffer.from(JSON.stringify({ script, data }));
      return resultOf(await ask(body));
    },
  };
}
