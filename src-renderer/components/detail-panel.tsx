// What is known of the chosen row, below the list it was chosen from.

import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import './detail-panel.css';

export interface DetailPanelProps {
  readonly title: string;
  /** `tall`: most of the list's place, for what needs room. */
  readonly look?: 'low' | 'tall';
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function DetailPanel({ title, look = 'low', closeLabel, onClose, actions, children }: DetailPanelProps) {
  return (
    <section className={`detail-panel detail-panel--${look}`} aria-label={title}>
      <header className="detail-panel__head">
        <h2>{title}</h2>
        <div className="detail-panel__actions">
          {actions}
          <IconButton icon="close" label={closeLabel} onPress={onClose} />
        </div>
      </header>
      <div className="detail-panel__body">{children}</div>
    </section>
  );
}
