// The latest of something, up to a number; older ones go. Must not know what they are.

export interface Recent<Item> {
  add(item: Item): void;
  /** The oldest first. */
  all(): readonly Item[];
  clear(): void;
}

export function createRecent<Item>(most: number): Recent<Item> {
  let items: Item[] = [];
  return {
    add(item) {
      items.push(item);
      // Cutting now and then instead of shifting each time: a shift moves the whole array.
      if (items.length >= most * 2) items = items.slice(-most);
    },
    all: () => items.slice(-most),
    clear() {
      items = [];
    },
  };
}
