// Reads Python's answer to a question of the program's own; a missing or failed answer becomes words for an author.

import type { RequestError } from '../../src-shared/request-record.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { wordsOfEnd } from '../../src-shared/end-reason.ts';
import type { EndReason } from '../../src-shared/end-reason.ts';
import type { Answer } from '../runtime/answer.ts';

export type Said =
  | { readonly isAnswer: true; readonly body: Buffer; readonly prints: string }
  | { readonly isAnswer: false; readonly error: RequestError; readonly prints: string };

/** @throws Refusal when Python is not available */
export function saidIn(answer: Answer): Said {
  switch (answer.kind) {
    case 'answered': {
      const { status, error, prints = '', printsDropped = 0 } = answer.meta;
      const printed = printsDropped > 0 ? `${prints}\n… and ${printsDropped} characters more` : prints;
      if (status === 200) return { isAnswer: true, body: answer.body, prints: printed };
      return { isAnswer: false, error: error ?? errorIn(answer.body), prints: printed };
    }
    case 'change-refused':
      return { isAnswer: false, error: plain('RuntimeError', answer.why), prints: answer.meta.prints ?? '' };
    case 'ended':
      return { isAnswer: false, error: ended(answer.reason), prints: '' };
    case 'refused': {
      const { refusal } = answer;
      throw new Refusal(
        'refused',
        refusal.kind === 'closed'
          ? 'Python does not run. Start the server first.'
          : `Python is not available now (${refusal.kind === 'no-python' ? refusal.why : refusal.kind}). Try again.`,
      );
    }
  }
}

/** The body of an answer. @throws Refusal with the error, and its line */
export function bodyOf(answer: Answer): Buffer {
  const said = saidIn(answer);
  if (said.isAnswer) return said.body;
  throw new Refusal('refused', sentenceOf(said.error));
}

/** Such as `ValueError: no such column (line 3)`. */
export function sentenceOf({ type, text, line, cause }: RequestError): string {
  const place = line === null ? '' : ` (line ${line})`;
  return `${type}: ${text}${place}${cause === undefined ? '' : `. ${cause}`}`;
}

/** For an answer of Python without details of an error: TabPy's own words. */
function errorIn(body: Buffer): RequestError {
  const { message, info } = JSON.parse(body.toString()) as { readonly message?: unknown; readonly info?: unknown };
  return plain('Error', [message, info].filter((one) => typeof one === 'string' && one !== '').join(': '));
}

function ended(reason: EndReason): RequestError {
  const { type, text } = wordsOfEnd(reason);
  return plain(type, text);
}

function plain(type: string, text: string): RequestError {
  return { type, text, line: null, traceback: null };
}
