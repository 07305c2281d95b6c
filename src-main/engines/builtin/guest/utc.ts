// A Date whose local time is UTC. Must be made before Pyodide's text is evaluated: its clock asks Date for the local time.
// Stops: the place of the user, told by the clock, where no environment says another zone (a window of Chromium).

const PARTS = ['Date', 'Day', 'FullYear', 'Hours', 'Milliseconds', 'Minutes', 'Month', 'Seconds'];

/** Turns a realm's own Date into one without a zone, and gives the constructor to put in its place. */
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
