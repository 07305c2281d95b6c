// What to do when the page's process is gone: load it again, later and later, and in the end leave it. Pure.

export type AfterCrash =
  | { readonly kind: 'ignore' }
  | { readonly kind: 'reload'; readonly afterMs: number }
  /** Only somebody who opens the window tries again. */
  | { readonly kind: 'give-up' };

const FIRST_MS = 500;
const MOST_CRASHES = 5;
const WITHIN_MS = 120_000;

/**
 * @param reason Electron's reason for `render-process-gone`
 * @param crashes when the page crashed, this time included, in ms
 */
export function afterCrash(reason: string, crashes: readonly number[], now: number): AfterCrash {
  // An orderly end: the window was closed, or the system asked for memory while nobody looked.
  if (reason === 'clean-exit') return { kind: 'ignore' };
  const recent = crashes.filter((at) => now - at < WITHIN_MS).length;
  if (recent > MOST_CRASHES) return { kind: 'give-up' };
  return { kind: 'reload', afterMs: FIRST_MS * 2 ** Math.max(0, recent - 1) };
}
