// Boundary for errors: an error in one screen leaves the rest of the window usable. Must not know what the screen
// shows.

import { Component } from 'react';
import type { ReactNode } from 'react';

export interface FaultBoundaryProps {
  /** Shown instead of what failed. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

/** A class, because React has no error boundaries as functions. Another `key` makes it try again. */
export class FaultBoundary extends Component<FaultBoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}
