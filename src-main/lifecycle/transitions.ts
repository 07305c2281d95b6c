// Decides the server's state from what is known of its parts. Pure: knows no listener and no Python.

import type { Address, PortHolder, ServiceState, Step } from '../../src-shared/service-state.ts';

/** State of the port. */
export type Listening =
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly address: Address }
  | {
      readonly kind: 'conflict';
      readonly port: number;
      readonly holder: PortHolder | null;
      readonly answersLike: string | null;
      readonly freePort: number | null;
    }
  | { readonly kind: 'reserved'; readonly port: number; readonly freePort: number | null }
  | { readonly kind: 'failed'; readonly port: number; readonly why: string };

export type PythonStage =
  | { readonly kind: 'off' }
  /** Packages are fetched, an image is made, the first interpreter boots. */
  | { readonly kind: 'coming'; readonly since: number; readonly step: Step }
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly why: string };

export interface Facts {
  /** Whether the server is meant to run. */
  readonly isWanted: boolean;
  readonly isStopping: boolean;
  readonly listening: Listening;
  readonly python: PythonStage;
  /** Requests that run and wait; `isLong`: one of them has run for so long that people want to know. */
  readonly load: { readonly running: number; readonly waiting: number; readonly isLong: boolean };
  /** Why Python no longer starts, as the pool reports it. */
  readonly fault: string | null;
  /** Why an interpreter was lost, until another one is ready. */
  readonly broken: string | null;
}

const OPENING: Step = { text: 'Opening the port…', fraction: null };

export function stateOf(facts: Facts): ServiceState {
  const { listening, python, load, fault, broken } = facts;
  if (facts.isStopping) return { kind: 'stopping', requests: load.running };
  if (!facts.isWanted) return { kind: 'stopped' };
  switch (listening.kind) {
    case 'conflict': {
      const { port, holder, answersLike, freePort } = listening;
      return { kind: 'port-conflict', port, holder, answersLike, freePort };
    }
    case 'reserved':
      return { kind: 'port-reserved', port: listening.port, freePort: listening.freePort };
    case 'failed':
      return { kind: 'listen-failed', port: listening.port, why: listening.why };
    case 'closed':
    case 'opening':
      return python.kind === 'failed'
        ? { kind: 'python-failed', address: null, why: python.why }
        : { kind: 'starting', address: null, since: python.kind === 'coming' ? python.since : 0, step: OPENING };
    case 'open':
      break;
  }
  const { address } = listening;
  if (python.kind === 'failed') return { kind: 'python-failed', address, why: python.why };
  if (fault !== null) return { kind: 'python-failed', address, why: fault };
  if (python.kind === 'off') return { kind: 'starting', address, since: address.since, step: OPENING };
  if (python.kind === 'coming') return { kind: 'starting', address, since: python.since, step: python.step };
  const [scripts, waiting] = load.isLong ? [load.running, load.waiting] : [0, 0];
  if (broken !== null) return { kind: 'degraded', address, why: broken, scripts, waiting };
  if (load.isLong) return { kind: 'busy', address, scripts, waiting };
  return { kind: 'running', address };
}
