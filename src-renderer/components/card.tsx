// Card: a framed part of a screen with a heading and actions.

import { useId } from 'react';
import type { ReactNode } from 'react';
import './card.css';

export interface CardProps {
  readonly title: string;
  /** Small text beside the heading. */
  readonly note?: string | undefined;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Card({ title, note, actions, children }: CardProps) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <header className="card__head">
        <h2 id={id}>{title}</h2>
        {note && <span className="card__note small faint">{note}</span>}
        {actions && <div className="card__actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
