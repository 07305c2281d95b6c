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
  const { rows, keyOf, chosen, isFollowing = false, onFollow } = props;
  const [place, setPlace] = useState<Place>({ top: 0, height: 600 });
  const anchor = useRef<{ readonly key: string; readonly offset: number } | null>(null);
  /** The chosen row that the list has scrolled to. */
  const revealed = useRef<string | null>(null);
  const indexOf = useCallback((key: string | null) => rows.findIndex((row) => keyOf(row) === key), [rows, keyOf]);

  const settle = useCallback((): void => {
    const element = list.current;
    if (element === null) return;
    const top = element.scrollTop;
    const height = element.clientHeight - HEAD_HEIGHT;
    // At the top, new rows may appear above. Further down, the row that is read must not move, and neither may the
    // chosen row while it is in view.
    const at = chosen === null ? -1 : indexOf(chosen);
    const isChosenShown = at >= 0 && topThatShows(at, top, height, ROW_HEIGHT) === top;
    const row = rows[isChosenShown ? at : Math.floor(top / ROW_HEIGHT)];
    const isFixed = row !== undefined && (isChosenShown || top >= 1);
    const index = isChosenShown ? at : Math.floor(top / ROW_HEIGHT);
    anchor.current = isFixed ? { key: keyOf(row), offset: top - index * ROW_HEIGHT } : null;
    setPlace((before) => (before.top === top && before.height === height ? before : { top, height }));
  }, [list, rows, keyOf, indexOf, chosen]);

  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const kept = anchor.current;
    const at = chosen === null ? -1 : indexOf(chosen);
    if (isFollowing) element.scrollTop = element.scrollHeight;
    else if (at >= 0 && revealed.current !== chosen) {
      // Chosen elsewhere, such as by a link, or its row has just come.
      element.scrollTop = topThatShows(at, element.scrollTop, element.clientHeight - HEAD_HEIGHT, ROW_HEIGHT);
    } else if (kept !== null) {
      const index = indexOf(kept.key);
      if (index >= 0) element.scrollTop = index * ROW_HEIGHT + kept.offset;
    }
    revealed.current = at >= 0 ? chosen : null;
    settle();
  }, [list, chosen, indexOf, isFollowing, settle]);

  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      // Details that opened below took space from the list.
      const at = anchor.current?.key === chosen && chosen !== null ? indexOf(chosen) : -1;
      if (at >= 0)
        element.scrollTop = topThatShows(at, element.scrollTop, element.clientHeight - HEAD_HEIGHT, ROW_HEIGHT);
      settle();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [list, chosen, indexOf, settle]);

  const onScroll = (): void => {
    const element = list.current;
    settle();
    if (element === null || onFollow === undefined) return;
    const isAtEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - ROW_HEIGHT / 2;
    if (isAtEnd !== isFollowing) onFollow(isAtEnd);
  };
  return { window: rowsWindow(place.top, place.height, ROW_HEIGHT, rows.length), onScroll };
}
