// setTimeout for a realm without an event loop. Must not outlive the boot: nothing that a script leaves behind may run
// later.

let isBooting = true;
let nextId = 1;

async function afterThis(task: () => void): Promise<void> {
  await Promise.resolve();
  task();
}

/** While Pyodide boots, a timer is a microtask; afterwards a timer never runs, because no event loop turns. */
export function setTimer(callback: (...values: unknown[]) => void, _delayMs?: number, ...values: unknown[]): number {
  if (isBooting) void afterThis(() => callback(...values));
  return nextId++;
}

export function clearTimer(): void {
  // Nothing is kept, so there is nothing to clear.
}

/** The boot is over: from now on no timer runs. */
export function stopTimers(): void {
  isBooting = false;
}
