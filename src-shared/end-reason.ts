// Why an interpreter ended, and the text that people see. The only table of these texts.

export type EndReason =
  | { readonly kind: 'deadline'; readonly afterMs: number }
  | { readonly kind: 'memory'; readonly residentBytes: number; readonly limitBytes: number }
  /** It took too much of something else; `what` is the end of a sentence after "because". */
  | { readonly kind: 'excess'; readonly what: string }
  | { readonly kind: 'stopped'; readonly why: string }
  | { readonly kind: 'boot-timeout'; readonly afterMs: number }
  | { readonly kind: 'fault'; readonly what: string }
  | { readonly kind: 'exited'; readonly code: number | null; readonly signal: string | null };

export interface EndWords {
  /** As Python would name the error. */
  readonly type: string;
  /** A sentence for the analyst: what happened and what to do. */
  readonly text: string;
  /** A few words for the header. */
  readonly short: string;
  /** The end of a sentence, for the log. */
  readonly log: string;
}

export function wordsOfEnd(reason: EndReason): EndWords {
  switch (reason.kind) {
    case 'deadline':
      return {
        type: 'TimeoutError',
        text: `Stopped after ${reason.afterMs / 1000} s, which is the time-out. Send fewer rows, make the script faster, or raise the time-out under Settings.`,
        short: `script stopped after ${reason.afterMs / 1000} s`,
        log: `stopped after ${reason.afterMs / 1000} s`,
      };
    case 'memory':
      return {
        type: 'MemoryError',
        text: `The script was stopped because it needed more than ${megabytes(reason.limitBytes)} MB. Send fewer rows, or raise the memory limit.`,
        short: `script stopped at ${megabytes(reason.limitBytes)} MB`,
        log: `stopped because it held ${megabytes(reason.residentBytes)} MB; the limit is ${megabytes(reason.limitBytes)} MB`,
      };
    case 'excess':
      return {
        type: 'Stopped',
        text: `The script was stopped because ${reason.what}.`,
        short: 'script stopped at a limit',
        log: `stopped because ${reason.what}`,
      };
    case 'stopped':
      return {
        type: 'Stopped',
        text: `The script was stopped: ${reason.why}.`,
        short: 'script stopped by hand',
        log: `stopped: ${reason.why}`,
      };
    case 'boot-timeout':
      return {
        type: 'PythonCrashed',
        text: `Python was not ready after ${reason.afterMs / 1000} s. Try again; the log of the server says more.`,
        short: 'Python crashed',
        log: `not ready after ${reason.afterMs / 1000} s`,
      };
    case 'fault':
      return {
        type: 'PythonCrashed',
        text: `Python gave an answer that the server could not read (${reason.what}). A new Python serves the next request.`,
        short: 'Python crashed',
        log: reason.what,
      };
    case 'exited':
      return {
        type: 'PythonCrashed',
        text: `Python ended in the middle of this request (${reason.signal ?? `exit code ${reason.code}`}). It may have run out of memory or recursed too deeply. A new Python serves the next request.`,
        short: 'Python crashed',
        log: reason.signal ? `ended by ${reason.signal}` : `ended with exit code ${reason.code}`,
      };
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}
