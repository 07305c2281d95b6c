// What to do when the page's process has crashed: load it again after growing pauses, and give up in the end. Pure.

export type AfterCrash =
  | { readonly kind: 'ignore' }
  | { readonly kind: 'reload'; readonly afterMs: number }
  /** The page is loaded again only when the user opens the window. */
  | { readonly kind: 'give-up' };

const FIRST_MS = 500;
const MOST_CRASHES = 5;
const WITHIN_MS = 120_000;

/**
 * @param reason Electron's reason for `render-process-gone`
 * @param crashes when the page crashed, this time included, in ms
 */
export function afterCrash(reason: string, crashes: readonly number[], now: number): AfterCrash {
  // An orderly end: the window was closed, or the system needed memory while it was hidden.
  if (reason === 'clean-exit') return { kind: 'ignore' };
  const recent = crashes.filter((at) => now - at < WITHIN_MS).length;
  if (recent > MOST_CRASHES) return { kind: 'give-up' };
  return { kind: 'reload', afterMs: FIRST_MS * 2 ** Math.max(0, recent - 1) };
}
