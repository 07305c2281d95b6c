// Visible rows of a long list, and the scroll position that keeps them in place. Pure; must not know the list.

export interface RowsWindow {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

/** Rows beyond the edges that are drawn too, so that quick scrolling shows no gap. */
const SPARE = 8;

/** The rows to draw of `count`, each `rowHeight` high, in a list that was scrolled by `top` and shows `height`. */
export function rowsWindow(top: number, height: number, rowHeight: number, count: number): RowsWindow {
  const first = Math.max(0, Math.floor(top / rowHeight) - SPARE);
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + SPARE);
  return { first: Math.min(first, Math.max(0, end)), end: Math.max(0, end) };
}

/** The scroll position that shows a whole row; `top` when it is in view already. */
export function topThatShows(index: number, top: number, height: number, rowHeight: number): number {
  const start = index * rowHeight;
  if (start < top) return start;
  return start + rowHeight > top + height ? start + rowHeight - height : top;
}

/** The row that a key moves to; null when the key moves nothing. */
export function rowAfterKey(key: string, index: number, count: number, page: number): number | null {
  const to = ((): number | null => {
    switch (key) {
      case 'ArrowDown':
        return index + 1;
      case 'ArrowUp':
        return index < 0 ? 0 : index - 1;
      case 'PageDown':
        return index + page;
      case 'PageUp':
        return index - page;
      case 'Home':
        return 0;
      case 'End':
        return count - 1;
      default:
        return null;
    }
  })();
  return to === null || count === 0 ? null : Math.min(Math.max(to, 0), count - 1);
}
