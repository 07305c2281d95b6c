// What the server is doing, as the tray, the window and the console show it: one tagged state.

/** Where the server listens. `since`: ms since 1970. */
export interface Address {
  readonly protocol: 'http' | 'https';
  readonly hosts: readonly string[];
  readonly port: number;
  readonly since: number;
}

/** The program that holds a port. */
export interface PortHolder {
  readonly pid: number;
  readonly name: string;
}

/** A step before Python runs that takes time; `fraction` from 0 to 1 when it is known. */
export interface Step {
  readonly text: string;
  readonly fraction: number | null;
}

/**
 * The states of the server. Each has a word, a shape and a next action; see src-shared/state-words.ts. Requests are
 * answered in `running`, `busy` and `degraded`; in `starting` and `python-failed`, as soon as there is an `address`,
 * only those that need no Python.
 */
export type ServiceState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting'; readonly address: Address | null; readonly since: number; readonly step: Step }
  | { readonly kind: 'running'; readonly address: Address }
  | { readonly kind: 'busy'; readonly address: Address; readonly scripts: number; readonly waiting: number }
  | {
      readonly kind: 'degraded';
      readonly address: Address;
      readonly why: string;
      /** Those that have run for long, as in `busy`. */
      readonly scripts: number;
      readonly waiting: number;
    }
  | {
      readonly kind: 'port-conflict';
      readonly port: number;
      readonly holder: PortHolder | null;
      /** The program there when it answers like TabPy, such as `TabPy 2.16.0`. */
      readonly answersLike: string | null;
      readonly freePort: number | null;
    }
  | { readonly kind: 'port-reserved'; readonly port: number; readonly freePort: number | null }
  | { readonly kind: 'listen-failed'; readonly port: number; readonly why: string }
  | { readonly kind: 'python-failed'; readonly address: Address | null; readonly why: string }
  | { readonly kind: 'stopping'; readonly requests: number };

export type StateKind = ServiceState['kind'];

/** The address that answers now, or null. */
export function addressOf(state: ServiceState): Address | null {
  return 'address' in state ? state.address : null;
}

/** How many scripts can be stopped now: those that run for long, and those that wait behind them. */
export function scriptsOf(state: ServiceState): number {
  return state.kind === 'busy' || state.kind === 'degraded' ? state.scripts + state.waiting : 0;
}

/** Whether the server runs or is starting: decides between "Start server" and "Stop server". */
export function isUp(state: ServiceState): boolean {
  switch (state.kind) {
    case 'starting':
    case 'running':
    case 'busy':
    case 'degraded':
    case 'python-failed':
      return true;
    case 'stopped':
    case 'stopping':
    case 'port-conflict':
    case 'port-reserved':
    case 'listen-failed':
      return false;
  }
}
