// Time and sleep for a realm that has neither `performance` nor timers. Must not know a host function, because a host
// function leads to the host's realm.

const MICROSECOND_MS = 0.001;
const startMs = Date.now();

let lastMs = 0;

/**
 * Milliseconds since the realm began, strictly increasing. A bare realm has only Date.now(), so each call within the
 * same millisecond adds a microsecond. Otherwise `rows / (end - start)` divides by zero.
 */
export function nowMs(): number {
  const now = Date.now() - startMs;
  lastMs = now > lastMs ? now : lastMs + MICROSECOND_MS;
  return lastMs;
}

/** Stops the thread for `ms` without using the processor; made before SharedArrayBuffer and Atomics are taken away. */
function createNap(): (ms: number) => void {
  try {
    const { wait } = Atomics;
    const cell = new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer);
    return (ms) => void wait(cell, 0, 0, ms);
  } catch {
    // For a host without shared memory: time.sleep() then waits busily, as in Emscripten.
    return () => undefined;
  }
}

/**
 * The clock on which Emscripten's sleep spins (nothing else in Python imports it): it is called again and again until
 * the time has come. From the second call in a row on, each call naps, so a sleeping script costs no processor time.
 */
export function createSleepClock(nap: (ms: number) => void): () => number {
  const NAP_MS = 1;
  const SAME_SLEEP_MS = 3;
  let last = -SAME_SLEEP_MS;
  return () => {
    const isSpinning = Date.now() - startMs - last < SAME_SLEEP_MS;
    if (isSpinning) nap(NAP_MS);
    last = Date.now() - startMs;
    return last;
  };
}

/** Emscripten's `emscripten_get_now` import. */
export const sleepClock = createSleepClock(createNap());
