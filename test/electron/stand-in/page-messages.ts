// What the program and the world of a page's preload script say to each other. Types only.

/** What the program says to a page. */
export type ToPage =
  | { readonly kind: 'result'; readonly id: number; readonly wire: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'event'; readonly channel: string; readonly wire: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'port'; readonly port: number; readonly wire: unknown }
  | { readonly kind: 'port-closed'; readonly port: number };

/** What a page says to the program. */
export type FromPage =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly wire: unknown }
  | { readonly kind: 'send'; readonly channel: string; readonly wire: unknown }
  | { readonly kind: 'port'; readonly port: number; readonly wire: unknown };
