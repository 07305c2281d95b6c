// List as the user cleared it: its items up to one are hidden until the user wants them back. Nothing is deleted. Must
// not know what a list shows.

import { useMemo, useState } from 'react';

/** An item of a list of the program's, with its time in ms. A program that started again counts ids from 1 again. */
export interface NumberedItem {
  readonly id: number;
}

export interface ClearedList<Item> {
  readonly shown: readonly Item[];
  readonly clear: () => void;
  /** Null when nothing was cleared. */
  readonly undo: (() => void) | null;
}

interface Mark {
  readonly id: number;
  readonly at: number;
}

/** @param list tells lists apart: what was cleared stays so when the user leaves the screen */
export function useCleared<Item extends NumberedItem>(
  list: string,
  items: readonly Item[],
  timeOf: (item: Item) => number,
): ClearedList<Item> {
  const [mark, setMark] = useState<Mark | null>(marks.get(list) ?? null);
  const keep = (next: Mark | null): void => {
    marks.set(list, next);
    setMark(next);
  };
  const last = items.at(-1);
  return {
    shown: useMemo(() => itemsAfter(items, mark, timeOf), [items, mark, timeOf]),
    clear: () => keep(last === undefined ? null : { id: last.id, at: timeOf(last) }),
    undo: mark === null ? null : () => keep(null),
  };
}

const marks = new Map<string, Mark | null>();

/** The items after a mark; all when it is null. */
export function itemsAfter<Item extends NumberedItem>(
  items: readonly Item[],
  mark: Mark | null,
  timeOf: (item: Item) => number,
): readonly Item[] {
  if (mark === null) return items;
  return items.filter((item) => timeOf(item) > mark.at || (timeOf(item) === mark.at && item.id > mark.id));
}
