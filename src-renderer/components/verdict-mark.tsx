// Verdict of a request in a word and a shape; colour comes second. Must not know what was requested.

import type { Verdict } from '../../src-shared/verdict.ts';
import './verdict-mark.css';

export type ShownVerdict = Verdict | 'running' | 'waiting';

export interface VerdictMarkProps {
  readonly verdict: ShownVerdict;
  readonly children: string;
}

const SHAPES = {
  ok: '●',
  rejected: '▲',
  failed: '▲',
  stopped: '■',
  running: '◐',
  waiting: '◌',
} as const satisfies Record<ShownVerdict, string>;

export function VerdictMark({ verdict, children }: VerdictMarkProps) {
  return (
    <span className={`verdict-mark verdict-mark--${verdict}`}>
      <span aria-hidden="true">{SHAPES[verdict]}</span> {children}
    </span>
  );
}
