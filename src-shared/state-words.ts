// The words and shapes of a state, the same in tray, window and console. Pure.

import { assertNever } from './assert-never.ts';
import type { PortHolder, ServiceState } from './service-state.ts';

/** Shapes differ first, colours second: `outline`, `outline-dot`, `solid`, `solid-dot`, `alert`. */
export type StateShape = 'outline' | 'outline-dot' | 'solid' | 'solid-dot' | 'alert';

export function shapeOf(state: ServiceState): StateShape {
  switch (state.kind) {
    case 'stopped':
      return 'outline';
    case 'starting':
    case 'stopping':
      return 'outline-dot';
    case 'running':
      return 'solid';
    case 'busy':
    case 'degraded':
      return 'solid-dot';
    case 'port-conflict':
    case 'port-reserved':
    case 'listen-failed':
    case 'python-failed':
      return 'alert';
    default:
      return assertNever(state);
  }
}

/** One line for the header and the tray, such as `Running on localhost:9004`. */
export function titleOf(state: ServiceState): string {
  switch (state.kind) {
    case 'stopped':
      return 'Stopped';
    case 'starting':
      return state.step.text;
    case 'running':
      return `Running on localhost:${state.address.port}`;
    case 'busy': {
      const waiting = state.waiting > 0 ? `, ${state.waiting} waiting` : '';
      return `Running · ${state.scripts} ${state.scripts === 1 ? 'script' : 'scripts'}${waiting}`;
    }
    case 'degraded':
      return `Running · Python restarting (${state.why})`;
    case 'port-conflict':
      return `Port ${state.port} is taken${state.holder ? ` by ${state.holder.name}` : ''}`;
    case 'port-reserved':
      return `The system has reserved port ${state.port}`;
    case 'listen-failed':
      return `Cannot listen on port ${state.port}`;
    case 'python-failed':
      return 'Python did not start';
    case 'stopping':
      return state.requests > 0
        ? `Finishing ${state.requests} ${state.requests === 1 ? 'request' : 'requests'}…`
        : 'Stopping…';
    default:
      return assertNever(state);
  }
}

/** What happened and what to do, in full sentences; empty where the title is enough. */
export function explanationOf(state: ServiceState): string {
  switch (state.kind) {
    case 'port-conflict': {
      const like = state.answersLike ? ` It seems to be ${state.answersLike}.` : '';
      return `${holderText(state.port, state.holder)}.${like} Choose another port or stop that program.`;
    }
    case 'port-reserved':
      return `The system does not let programs use port ${state.port}. Choose another port, above 1023.`;
    case 'listen-failed':
    case 'python-failed':
      return state.why;
    case 'stopped':
    case 'starting':
    case 'running':
    case 'busy':
    case 'degraded':
    case 'stopping':
      return '';
    default:
      return assertNever(state);
  }
}

function holderText(port: number, holder: PortHolder | null): string {
  return holder
    ? `Port ${port} is in use by ${holder.name} (PID ${holder.pid})`
    : `Port ${port} is in use by another program`;
}
