// Keeps a fault of one screen from taking the whole window away. Must not know what the screen shows.

import { Component } from 'react';
import type { ReactNode } from 'react';

export interface FaultBoundaryProps {
  /** Shown in place of what failed. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

/** React knows error boundaries as classes only. Given another `key`, it tries again. */
export class FaultBoundary extends Component<FaultBoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}
