// Why an interpreter is no more, in words. Pure.

import type { EndReason } from './interpreter.ts';

/** An end in words for the log and for the analyst. */
export function describeEnd(reason: EndReason): string {
  switch (reason.kind) {
    case 'deadline':
      return `stopped after ${reason.afterMs / 1000} s`;
    case 'memory':
      return `stopped because it held ${Math.round(reason.residentBytes / 1e6)} MB; the limit is ${Math.round(reason.limitBytes / 1e6)} MB`;
    case 'stopped':
      return `stopped: ${reason.why}`;
    case 'boot-timeout':
      return `not ready after ${reason.afterMs / 1000} s`;
    case 'fault':
      return reason.what;
    case 'exited':
      return reason.signal ? `ended by ${reason.signal}` : `ended with exit code ${reason.code}`;
  }
}
