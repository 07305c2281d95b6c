// Stops on Ctrl-C and SIGTERM: gently on the first signal, at once on the second. Must not know what is stopped.

export interface SignalDeps {
  /** The process. */
  readonly signals: Pick<NodeJS.Process, 'on'>;
  readonly onFirst: () => Promise<void>;
  readonly onSecond: () => void;
  /** In ms, of a clock that nobody sets. */
  readonly now?: () => number;
}

/**
 * One signal can arrive twice: when-exit, which conf brings along, sends what it hears to its own process once more, and a
 * program around ours may hand on what the terminal sent to both. Nobody presses twice so fast.
 */
const SAME_SIGNAL_MS = 500;

/** Resolves when a signal came and everything is stopped. */
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
