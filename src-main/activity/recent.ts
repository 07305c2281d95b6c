// A list of the latest items, limited by number and size; older items are dropped.

export interface Recent<Item> {
  add(item: Item): void;
  /** The oldest first. */
  all(): readonly Item[];
  clear(): void;
}

export interface RecentSize<Item> {
  readonly of: (item: Item) => number;
  /** The size of all items together. The newest stays, whatever its size. */
  readonly most: number;
}

export function createRecent<Item>(most: number, size: RecentSize<Item> | null = null): Recent<Item> {
  let items: Item[] = [];
  let whole = 0;
  /** The items that are shown, from the newest back. */
  const latest = (): Item[] => {
    let first = Math.max(0, items.length - most);
    if (size !== null && whole > size.most) {
      let sum = 0;
      for (let at = items.length - 1; at >= first; at -= 1) {
        sum += size.of(items[at]!);
        if (sum > size.most && at < items.length - 1) first = at + 1;
      }
    }
    return items.slice(first);
  };
  const cut = (): void => {
    items = latest();
    if (size !== null) whole = items.reduce((sum, item) => sum + size.of(item), 0);
  };
  return {
    add(item) {
      items.push(item);
      if (size !== null) whole += size.of(item);
      // Items are cut off now and then, not each time: every cut moves the whole array.
      if (items.length >= most * 2 || (size !== null && whole >= size.most * 2)) cut();
    },
    all: latest,
    clear() {
      items = [];
      whole = 0;
    },
  };
}
