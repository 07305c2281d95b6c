// Time and sleep for a realm that has neither `performance` nor timers. Must not know a host function: one would carry its realm along.

const MICROSECOND_MS = 0.001;
const startMs = Date.now();

let lastMs = 0;

/**
 * Milliseconds since the realm began, strictly increasing: a bare realm has only Date.now(), so calls within one
 * millisecond are told apart by a microsecond each. Otherwise `rows / (end - start)` divides by zero.
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
    // A host that shares no memory: time.sleep() then waits busily, as Emscripten does.
    return () => undefined;
  }
}

/**
 * The clock that Emscripten's sleep spins on (nothing else in Python imports it): called again and again until the time
 * has come. From the second call in a row on, each call naps, so a sleeping script costs no processor time.
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
