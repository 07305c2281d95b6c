// A refusal: thrown when the program will not or cannot do something, with a text for the user. Each border decides
// once what becomes of it: src-shared/call-reply.ts (page and commands), src-main/http/errors.ts (HTTP), src-main/cli
// (exit codes).

/** The code of a refusal. Decide by the code, never by the message. */
export type RefusalCode =
  // functions
  | 'name-taken'
  | 'still-used'
  | 'no-such-function'
  | 'no-such-version'
  | 'over-quota'
  | 'bad-export'
  /** The disk refused it: it is full, or may not be written to. */
  | 'not-stored'
  // packages
  | 'package-refused'
  | 'no-plan'
  | 'bad-wheel'
  | 'package-clash'
  // settings and files that people write
  | 'bad-setting'
  | 'bad-ini'
  | 'bad-certificate'
  | 'bad-password-file'
  | 'no-tabpy'
  | 'not-regular-file'
  | 'file-too-large'
  | 'json-too-large'
  // callers and places
  | 'folder-in-use'
  | 'folder-unusable'
  | 'bad-use'
  | 'not-here'
  /** Anything else that cannot be done now. */
  | 'refused';

export class Refusal extends Error {
  readonly code: RefusalCode;

  /** @param message what happened and what to do, as a sentence (or its end, where the code's border says so) */
  constructor(code: RefusalCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Whether an error is a refusal, of one of these codes where some are named. */
export function isRefusal(error: unknown, ...codes: readonly RefusalCode[]): error is Refusal {
  return error instanceof Refusal && (codes.length === 0 || codes.includes(error.code));
}
