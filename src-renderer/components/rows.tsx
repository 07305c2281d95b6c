// Long list with columns that draws the visible rows only. New rows do not move what is being read. Must not know what
// the rows are.

import { useCallback, useId, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { rowAfterKey, rowsWindow, topThatShows } from './rows-window.ts';
import './rows.css';

export interface RowsProps<Row> {
  readonly label: string;
  /** Class for style sheets: `rows--look`. */
  readonly look: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly cellsOf: (row: Row) => readonly ReactNode[];
  /** Such as `bad`, for the row's colour. */
  readonly toneOf: (row: Row) => string;
  readonly chosen: string | null;
  readonly onChoose: (row: Row | null) => void;
  /** The list stays scrolled to its end while it grows. */
  readonly isFollowing?: boolean;
  /** The user scrolled away from the end, or back to it. */
  readonly onFollow?: (isFollowing: boolean) => void;
}

// As in rows.css.
const ROW_HEIGHT = 30;
const HEAD_HEIGHT = 30;

export function Rows<Row>(props: RowsProps<Row>) {
  const { label, look, columns, rows, keyOf, cellsOf, toneOf, chosen, onChoose } = props;
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const { window, onScroll } = useRowsWindow(list, props);
  const chosenIndex = chosen === null ? -1 : rows.findIndex((row) => keyOf(row) === chosen);
  const isChosenDrawn = chosenIndex >= window.first && chosenIndex < window.end;

  const onKeyDown = (event: KeyboardEvent): void => {
    const element = list.current;
    if (element === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && chosen !== null) return onChoose(null);
    const height = element.clientHeight - HEAD_HEIGHT;
    const to = rowAfterKey(event.key, chosenIndex, rows.length, Math.floor(height / ROW_HEIGHT) - 1);
    const row = to === null ? undefined : rows[to];
    if (to === null || row === undefined) return;
    event.preventDefault();
    element.scrollTop = topThatShows(to, element.scrollTop, height, ROW_HEIGHT);
    onChoose(row);
  };

  return (
    <div
      ref={list}
      className={`rows rows--${look}`}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      {...(isChosenDrawn ? { 'aria-activedescendant': `${id}-${chosen}` } : {})}
      onKeyDown={onKeyDown}
      onScroll={onScroll}
    >
      <div className="rows__head" role="row" aria-rowindex={1}>
        {columns.map((column, index) => (
          <div key={column} className="rows__cell" role="columnheader" aria-colindex={index + 1}>
            {column}
          </div>
        ))}
      </div>
      <div className="rows__space" role="rowgroup" style={{ height: rows.length * ROW_HEIGHT }}>
        {rows.slice(window.first, window.end).map((row, offset) => {
          const key = keyOf(row);
          const index = window.first + offset;
          return (
            <div
              key={key}
              id={`${id}-${key}`}
              className={`rows__row rows__row--${toneOf(row)}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={key === chosen}
              style={{ transform: `translateY(${index * ROW_HEIGHT}px)` }}
              onClick={() => onChoose(row)}
            >
              {cellsOf(row).map((cell, column) => (
                <div key={columns[column]} className="rows__cell" role="gridcell" aria-colindex={column + 1}>
                  {cell}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface Place {
  readonly top: number;
  readonly height: number;
}

/** The rows to draw for the list's scroll position, size and content. */
function useRowsWindow<Row>(list: React.RefObject<HTMLDivElement | null>, props: RowsProps<Row>) {
  const { rows, keyOf, isFollowing = false, onFollow } = props;
  const [place, setPlace] = useState<Place>({ top: 0, height: 600 });
  const anchor = useRef<{ readonly key: string; readonly offset: number } | null>(null);

  const settle = useCallback((): void => {
    const element = list.current;
    if (element === null) return;
    const top = element.scrollTop;
    const height = element.clientHeight - HEAD_HEIGHT;
    const index = Math.floor(top / ROW_HEIGHT);
    const row = rows[index];
    // At the top, new rows may appear above. Further down, the row that is read must not move.
    anchor.current = top < 1 || row === undefined ? null : { key: keyOf(row), offset: top - index * ROW_HEIGHT };
    setPlace((before) => (before.top === top && before.height === height ? before : { top, height }));
  }, [list, rows, keyOf]);

  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const kept = anchor.current;
    if (isFollowing) element.scrollTop = element.scrollHeight;
    else if (kept !== null) {
      const index = rows.findIndex((row) => keyOf(row) === kept.key);
      if (index >= 0) element.scrollTop = index * ROW_HEIGHT + kept.offset;
    }
    settle();
  }, [list, rows, keyOf, isFollowing, settle]);

  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(settle);
    observer.observe(element);
    return () => observer.disconnect();
  }, [list, settle]);

  const onScroll = (): void => {
    const element = list.current;
    settle();
    if (element === null || onFollow === undefined) return;
    const isAtEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - ROW_HEIGHT / 2;
    if (isAtEnd !== isFollowing) onFollow(isAtEnd);
  };
  return { window: rowsWindow(place.top, place.height, ROW_HEIGHT, rows.length), onScroll };
}
