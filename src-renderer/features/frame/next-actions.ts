// Next actions of the user in each state of the server, the most helpful one first. Pure; must not know how they are
// done.

import { assertNever } from '../../../src-shared/assert-never.ts';
import { scriptsOf } from '../../../src-shared/service-state.ts';
import type { ServiceState } from '../../../src-shared/service-state.ts';

export type NextAction =
  | { readonly kind: 'start' | 'try-again' | 'stop' | 'cancel' | 'stop-now' | 'restart-python' }
  | { readonly kind: 'stop-script'; readonly isSeveral: boolean }
  | { readonly kind: 'use-port'; readonly port: number }
  | { readonly kind: 'change-port' | 'see-request' | 'see-log' }
  | { readonly kind: 'free-port-help' };

/** The colour of a state. Its shape (src-shared/state-words.ts) tells the same without colour. */
export type Tone = 'quiet' | 'active' | 'good' | 'warn' | 'bad';

export function actionsFor(state: ServiceState): readonly NextAction[] {
  switch (state.kind) {
    case 'stopped':
      return [{ kind: 'start' }];
    case 'starting':
      return [{ kind: 'cancel' }];
    case 'running':
      return [{ kind: 'stop' }];
    case 'busy':
      return [...stopScripts(state), { kind: 'stop' }];
    case 'degraded':
      return [...stopScripts(state), { kind: 'see-request' }, { kind: 'stop' }];
    case 'port-conflict':
      return [...usePort(state.freePort), { kind: 'try-again' }];
    case 'port-reserved':
      return [...usePort(state.freePort), { kind: 'free-port-help' }, { kind: 'try-again' }];
    case 'listen-failed':
      return [{ kind: 'try-again' }, { kind: 'change-port' }];
    case 'python-failed':
      return [{ kind: 'restart-python' }, { kind: 'see-log' }, { kind: 'stop' }];
    case 'stopping':
      return [{ kind: 'stop-now' }];
    default:
      return assertNever(state);
  }
}

export function toneOf(state: ServiceState): Tone {
  switch (state.kind) {
    case 'stopped':
      return 'quiet';
    case 'starting':
    case 'stopping':
      return 'active';
    case 'running':
    case 'busy':
      return 'good';
    case 'degraded':
      return 'warn';
    case 'port-conflict':
    case 'port-reserved':
    case 'listen-failed':
    case 'python-failed':
      return 'bad';
    default:
      return assertNever(state);
  }
}

function stopScripts(state: ServiceState): readonly NextAction[] {
  const count = scriptsOf(state);
  return count === 0 ? [] : [{ kind: 'stop-script', isSeveral: count > 1 }];
}

function usePort(port: number | null): readonly NextAction[] {
  return port === null ? [{ kind: 'change-port' }] : [{ kind: 'use-port', port }];
}
