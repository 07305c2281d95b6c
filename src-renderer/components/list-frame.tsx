// The frame of a list that takes what is left of the screen, with the details of its chosen row.

import type { ReactNode } from 'react';
import './list-frame.css';

export function ListFrame({ children }: { readonly children: ReactNode }) {
  return <div className="list-frame">{children}</div>;
}
