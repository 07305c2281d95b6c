// Table whose rows can be opened: sorted by its columns, with arrow keys to move. Must not know what the rows are. It
// is not react-aria's, which also resizes columns and drags rows and would be a quarter of the page.

import { useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { Icon } from './icon.tsx';
import './choice-table.css';

export interface TableColumn {
  readonly id: string;
  readonly title: string;
  /** `figure`: aligned to the right. */
  readonly look: 'text' | 'figure';
}

export interface TableRow {
  readonly id: string;
  readonly cells: readonly ReactNode[];
}

export interface TableOrder {
  readonly column: string;
  readonly isDescending: boolean;
}

export interface ChoiceTableProps {
  readonly label: string;
  /** Class for style sheets: `choice-table--look`. */
  readonly look: string;
  /** The first cell is the row's header. */
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  readonly order: TableOrder;
  readonly onOrder: (order: TableOrder) => void;
  readonly onOpen: (id: string) => void;
  /** Shown when there are no rows. */
  readonly nothing: string;
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
};

export function ChoiceTable({ label, look, columns, rows, order, onOrder, onOpen, nothing }: ChoiceTableProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const index = Math.max(
    0,
    rows.findIndex(({ id }) => id === current),
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[index];
    if (event.key === 'Enter' && row !== undefined) return onOpen(row.id);
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(Math.max(index + step, 0), rows.length - 1);
    setCurrent(rows[next]?.id ?? null);
    body.current?.querySelectorAll('tr')[next]?.focus();
  };

  return (
    <div className="choice-table">
      <table className={`choice-table__table choice-table--${look}`} role="grid" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} order={order} onOrder={onOrder} />
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={onKeyDown}>
          {rows.map(({ id, cells }, at) => (
            <tr
              key={id}
              className="choice-table__row"
              tabIndex={at === index ? 0 : -1}
              onFocus={() => setCurrent(id)}
              onClick={() => onOpen(id)}
            >
              {columns.map((column, cell) => {
                const Cell = cell === 0 ? 'th' : 'td';
                return (
                  <Cell
                    key={column.id}
                    {...(cell === 0 ? { scope: 'row' } : {})}
                    className={`choice-table__cell ${classOf(column)}`}
                  >
                    {cells[cell]}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="choice-table__nothing soft">{nothing}</p>}
    </div>
  );
}

interface HeadProps {
  readonly column: TableColumn;
  readonly order: TableOrder;
  readonly onOrder: (order: TableOrder) => void;
}

function Head({ column, order, onOrder }: HeadProps) {
  const isSorted = order.column === column.id;
  const direction = order.isDescending ? 'descending' : 'ascending';
  return (
    <th scope="col" className={`choice-table__head ${classOf(column)}`} aria-sort={isSorted ? direction : 'none'}>
      <button
        type="button"
        className="choice-table__title"
        onClick={() => onOrder({ column: column.id, isDescending: isSorted && !order.isDescending })}
      >
        {column.title}
        <span className={`choice-table__order choice-table__order--${isSorted ? direction : 'none'}`}>
          <Icon name="order" />
        </span>
      </button>
    </th>
  );
}

function classOf({ id, look }: TableColumn): string {
  return `choice-table__cell--${id} choice-table__cell--${look}`;
}
