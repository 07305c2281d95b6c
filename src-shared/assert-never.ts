// The end of a switch that handles every case. Knows nothing.

/** Compiles only where nothing is left. @throws Error when a value came from outside the types */
export function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
