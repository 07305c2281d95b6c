// Banner: a line across the screen for what must not be missed, with its actions.

import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import './banner.css';

export interface BannerProps {
  readonly tone: 'info' | 'warn' | 'error';
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

export function Banner({ tone, children, actions }: BannerProps) {
  return (
    <div className={`banner banner--${tone}`}>
      <Icon name={tone === 'info' ? 'info' : 'warning'} />
      <div className="banner__text">{children}</div>
      {actions && <div className="banner__actions">{actions}</div>}
    </div>
  );
}
