// Runs an action at once, and then at most once in a given time.

/** A function that may be called at any time, and a way to cancel a waiting call. */
export interface Paced {
  readonly call: () => void;
  readonly cancel: () => void;
}

export function createPaced(work: () => void, everyMs: number): Paced {
  let timer: NodeJS.Timeout | null = null;
  let isWanted = false;
  const onTime = (): void => {
    timer = null;
    if (isWanted) run();
  };
  const run = (): void => {
    isWanted = false;
    timer = setTimeout(onTime, everyMs);
    timer.unref();
    work();
  };
  return {
    call() {
      if (timer === null) run();
      else isWanted = true;
    },
    cancel() {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      isWanted = false;
    },
  };
}
