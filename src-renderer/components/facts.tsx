// List of names and values.

import type { ReactNode } from 'react';
import './facts.css';

export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** `isWide`: side by side in columns, each name above its value; else one below the other. */
export function Facts({ facts, isWide = false }: { readonly facts: readonly Fact[]; readonly isWide?: boolean }) {
  return (
    <dl className={isWide ? 'facts facts--wide' : 'facts'}>
      {facts.map(({ name, value }) => (
        <div className="facts__one" key={name}>
          <dt className="small faint">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
