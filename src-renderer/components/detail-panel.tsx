// Frame of a list that fills the screen, and the panel below it with the details of the chosen row.

import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import './detail-panel.css';

export function ListFrame({ children }: { readonly children: ReactNode }) {
  return <div className="list-frame">{children}</div>;
}

export interface DetailPanelProps {
  readonly title: string;
  /** `tall`: takes most of the list's room. */
  readonly look?: 'low' | 'tall';
  readonly closeLabel: string;
  readonly onClose: () => void;
  /** The key Escape, where it does not close the panel. */
  readonly onEscape?: () => void;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function DetailPanel({
  title,
  look = 'low',
  closeLabel,
  onClose,
  onEscape = onClose,
  actions,
  children,
}: DetailPanelProps) {
  return (
    <section
      className={`detail-panel detail-panel--${look}`}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onEscape();
      }}
    >
      <header className="detail-panel__head">
        <h2 title={title}>{title}</h2>
        <div className="detail-panel__actions">
          {actions}
          <IconButton icon="close" label={closeLabel} onPress={onClose} />
        </div>
      </header>
      {/* It scrolls, also where nothing in it can be focused. */}
      <div className="detail-panel__body" tabIndex={0}>
        {children}
      </div>
    </section>
  );
}
