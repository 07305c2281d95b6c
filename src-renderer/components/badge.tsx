// Badge: a short word in a frame, such as the status of a function. A mark before it tells tones apart without colour.

import './badge.css';

export interface BadgeProps {
  readonly tone: 'quiet' | 'good' | 'bad' | 'active';
  readonly children: string;
}

const MARKS = { quiet: '○', good: '●', bad: '▲', active: '◌' } as const;

export function Badge({ tone, children }: BadgeProps) {
  return (
    <span className={`badge badge--${tone}`}>
      <span aria-hidden="true">{MARKS[tone]}</span> {children}
    </span>
  );
}
