// A list of which one entry is chosen and shown beside it.

import type { ReactNode } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import './choice-list.css';

export interface ChoiceListItem {
  readonly id: string;
  readonly title: string;
  readonly badge: ReactNode;
  readonly note: string;
}

export interface ChoiceListProps {
  readonly label: string;
  readonly items: readonly ChoiceListItem[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
  /** Shown in the place of entries when there are none. */
  readonly nothing: string;
}

export function ChoiceList({ label, items, chosen, onChoose, nothing }: ChoiceListProps) {
  return (
    <ListBox
      className="choice-list"
      aria-label={label}
      items={items}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={chosen === null ? [] : [chosen]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : keys;
        if (key !== undefined) onChoose(String(key));
      }}
      renderEmptyState={() => <p className="choice-list__nothing soft">{nothing}</p>}
    >
      {(item) => (
        <ListBoxItem className="choice-list__item" textValue={item.title}>
          <span className="choice-list__head">
            <span className="choice-list__title code">{item.title}</span>
            {item.badge}
          </span>
          <span className="choice-list__note small">{item.note}</span>
        </ListBoxItem>
      )}
    </ListBox>
  );
}
