// Mark of a state: its shape tells the state first, its colour second. Must not know the states.

import type { StateShape } from '../../src-shared/state-words.ts';
import './state-mark.css';

export interface StateMarkProps {
  readonly shape: StateShape;
  readonly tone: 'quiet' | 'active' | 'good' | 'warn' | 'bad';
}

export function StateMark({ shape, tone }: StateMarkProps) {
  return (
    <svg className={`state-mark tone-${tone}`} viewBox="0 0 18 18" aria-hidden="true" data-shape={shape}>
      {drawingOf(shape)}
    </svg>
  );
}

function drawingOf(shape: StateShape) {
  switch (shape) {
    case 'outline':
      return <circle className="state-mark__line" cx="9" cy="9" r="6" />;
    case 'outline-dot':
      return (
        <>
          <circle className="state-mark__line state-mark__line--dashed" cx="9" cy="9" r="6" />
          <circle className="state-mark__fill" cx="9" cy="9" r="2.25" />
        </>
      );
    case 'solid':
      return <circle className="state-mark__fill" cx="9" cy="9" r="6.5" />;
    case 'solid-dot':
      return (
        <>
          <circle className="state-mark__fill" cx="8" cy="10" r="6" />
          <circle className="state-mark__dot" cx="14" cy="4" r="3.25" />
        </>
      );
    case 'alert':
      return (
        <>
          <path className="state-mark__fill" d="M9 1.75 17 16H1z" />
          <path className="state-mark__cut" d="M9 6.75v4.25M9 13.4v.1" />
        </>
      );
  }
}
