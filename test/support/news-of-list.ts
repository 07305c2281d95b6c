// What a list that was taken over lacks of its source. Pure.

/** The names of what `source` has and `own` has not, or has in another form; in the order of the source. */
export function newsOf<T>(
  source: readonly T[],
  own: readonly T[],
  nameOf: (one: T) => string,
): { readonly missing: string[]; readonly changed: string[] } {
  const known = new Map(own.map((one) => [nameOf(one), formOf(one)]));
  return {
    missing: source.filter((one) => !known.has(nameOf(one))).map(nameOf),
    changed: source.filter((one) => known.has(nameOf(one)) && known.get(nameOf(one)) !== formOf(one)).map(nameOf),
  };
}

/** Its text with sorted keys: two values with the same form are the same. An integer of JSON may be a bigint, which a float is not. */
function formOf(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => {
    if (typeof one === 'bigint') return { $bigint: String(one) };
    if (typeof one !== 'object' || one === null || Array.isArray(one)) return one;
    return Object.fromEntries(Object.entries(one).toSorted(([left], [right]) => (left < right ? -1 : 1)));
  });
}
