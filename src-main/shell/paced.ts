// Does something at once, and then no more often than once in a while. Must not know what.

/** A function that is called at any time and a way to forget a call that still waits. */
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
