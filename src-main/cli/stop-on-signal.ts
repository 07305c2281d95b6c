// Stops on Ctrl-C and SIGTERM: gently on the first signal, at once on the second.

export interface SignalDeps {
  /** The process. */
  readonly signals: Pick<NodeJS.Process, 'on'>;
  readonly onFirst: () => Promise<void>;
  readonly onSecond: () => void;
  /** In ms, of a monotonic clock. */
  readonly now?: () => number;
}

/**
 * One signal can arrive twice: when-exit, which conf uses, sends a signal to its own process once more, and a parent
 * program may pass on what the terminal sent to both. Nobody presses Ctrl-C twice so fast.
 */
const SAME_SIGNAL_MS = 500;

/** Resolves when a signal arrived and everything is stopped. */
export function stopOnSignal({ signals, onFirst, onSecond, now = () => performance.now() }: SignalDeps): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | null = null;
    const onSignal = (): void => {
      if (firstAt !== null) {
        if (now() - firstAt > SAME_SIGNAL_MS) onSecond();
        return;
      }
      firstAt = now();
      void onFirst().then(resolve);
    };
    signals.on('SIGINT', onSignal);
    signals.on('SIGTERM', onSignal);
  });
}
