// The end of a switch that handles every case.

/** Compiles only where no case is left. @throws Error when a value came from outside the types */
export function assertNever(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
