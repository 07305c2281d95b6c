// A table of which a row is opened: sorted by its columns, moved through with the arrow keys. Must not know what the rows are.

import type { ReactNode } from 'react';
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components';
import { Icon } from './icon.tsx';
import './choice-table.css';

export interface TableColumn {
  readonly id: string;
  readonly title: string;
  /** Figures stand at the right. */
  readonly look?: 'text' | 'figure';
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
  /** Names the columns in style sheets: `choice-table--look`. */
  readonly look: string;
  /** The first one names the row. */
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  readonly order: TableOrder;
  readonly onOrder: (order: TableOrder) => void;
  readonly onOpen: (id: string) => void;
  /** Shown in the place of rows when there are none. */
  readonly nothing: string;
}

export function ChoiceTable(props: ChoiceTableProps) {
  const { label, look, columns, rows, order, onOrder, onOpen, nothing } = props;
  return (
    <div className="choice-table">
      <Table
        className={`choice-table__table choice-table--${look}`}
        aria-label={label}
        sortDescriptor={{ column: order.column, direction: order.isDescending ? 'descending' : 'ascending' }}
        onSortChange={({ column, direction }) =>
          onOrder({ column: String(column), isDescending: direction === 'descending' })
        }
        onRowAction={(key) => onOpen(String(key))}
      >
        <TableHeader>
          {columns.map((column, index) => (
            <Column
              key={column.id}
              id={column.id}
              isRowHeader={index === 0}
              allowsSorting
              className={`choice-table__head choice-table__cell--${column.id} choice-table__cell--${column.look ?? 'text'}`}
            >
              {({ sortDirection }) => (
                <span className="choice-table__title">
                  {column.title}
                  <span className={`choice-table__order choice-table__order--${sortDirection ?? 'none'}`}>
                    <Icon name="order" />
                  </span>
                </span>
              )}
            </Column>
          ))}
        </TableHeader>
        <TableBody renderEmptyState={() => <p className="choice-table__nothing soft">{nothing}</p>}>
          {rows.map((row) => (
            <Row key={row.id} id={row.id} className="choice-table__row" textValue={row.id}>
              {row.cells.map((cell, index) => (
                <Cell
                  key={columns[index]?.id}
                  className={`choice-table__cell choice-table__cell--${columns[index]?.id} choice-table__cell--${columns[index]?.look ?? 'text'}`}
                >
                  {cell}
                </Cell>
              ))}
            </Row>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
