// Grid of columns side by side, with a note above each. Draws the visible rows only. Must not know where the values
// come from.

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Json } from '../../src-shared/function.ts';
import { rowsWindow } from './rows-window.ts';
import './data-grid.css';

export interface GridColumn {
  readonly name: string;
  readonly values: readonly Json[];
  /** Small text below the name. */
  readonly note: string;
}

export interface DataGridProps {
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly textOf: (value: Json | undefined) => string;
  readonly rowName: string;
}

// As in data-grid.css.
const ROW_HEIGHT = 26;

export function DataGrid({ label, columns, textOf, rowName }: DataGridProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ top: 0, height: 300 });
  const count = columns.reduce((most, column) => Math.max(most, column.values.length), 0);
  const looks = useMemo(() => columns.map(({ values }) => (isNumeric(values) ? 'data-grid__figure' : '')), [columns]);
  const { first, end } = rowsWindow(place.top, place.height, ROW_HEIGHT, count);

  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setPlace({ top: element.scrollTop, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // Another request starts at its first row.
  useEffect(() => {
    // Chromium's scrollTo returns a promise, which React would take for the effect's cleanup.
    frame.current?.scrollTo(0, 0);
  }, [columns]);

  return (
    <div
      ref={frame}
      className="data-grid"
      role="region"
      aria-label={label}
      tabIndex={0}
      onScroll={({ currentTarget }) => setPlace({ top: currentTarget.scrollTop, height: currentTarget.clientHeight })}
    >
      <table aria-rowcount={count + 1}>
        <thead>
          <tr>
            <th scope="col" className="data-grid__number">
              <span className="unseen">{rowName}</span>
            </th>
            {columns.map(({ name, note }, column) => (
              <th key={name} scope="col" className={looks[column]}>
                <span className="code">{name}</span>
                <span className="data-grid__note">{note}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 && <Space rows={first} columns={columns.length} />}
          {Array.from({ length: end - first }, (_, offset) => first + offset).map((row) => (
            <tr key={row} aria-rowindex={row + 2}>
              <th scope="row" className="data-grid__number">
                {row + 1}
              </th>
              {columns.map(({ name, values }, column) => (
                <td key={name} className={`${looks[column]} ${values[row] === null ? 'data-grid__null' : ''}`}>
                  {textOf(values[row])}
                </td>
              ))}
            </tr>
          ))}
          {end < count && <Space rows={count - end} columns={columns.length} />}
        </tbody>
      </table>
    </div>
  );
}

/** Fills the room of rows that are not drawn. */
function Space({ rows, columns }: { readonly rows: number; readonly columns: number }) {
  return (
    <tr aria-hidden="true" className="data-grid__space" style={{ height: rows * ROW_HEIGHT }}>
      <td colSpan={columns + 1} />
    </tr>
  );
}

/** Whether a column stands on the right, its nulls too: it has numbers and nothing else but nulls. */
function isNumeric(values: readonly Json[]): boolean {
  let hasNumber = false;
  for (const value of values) {
    if (typeof value === 'number') hasNumber = true;
    else if (value !== null) return false;
  }
  return hasNumber;
}
