// A Date whose local time is UTC. Must be made before Pyodide's text is evaluated, because Pyodide's clock asks Date
// for the local time.
// Threat: in a Chromium window, where no environment variable sets the time zone, the clock shows where the user is.

const PARTS = ['Date', 'Day', 'FullYear', 'Hours', 'Milliseconds', 'Minutes', 'Month', 'Seconds'];

/** Makes a Date without a time zone from a realm's own Date, and returns the constructor that replaces it. */
export function utcDate(local: DateConstructor): DateConstructor {
  const methods = local.prototype as unknown as Record<string, unknown>;
  for (const part of PARTS) {
    for (const verb of ['get', 'set']) {
      const utc = methods[`${verb}UTC${part}`];
      if (utc !== undefined) methods[`${verb}${part}`] = utc;
    }
  }
  methods.getTimezoneOffset = () => 0;
  return new Proxy(local, {
    construct: (target, values: [number, number], newTarget: DateConstructor) =>
      Reflect.construct(target, values.length > 1 ? [target.UTC(...values)] : values, newTarget) as object,
  });
}
