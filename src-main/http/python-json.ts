// Writes JSON in the layout of Python's json.dumps.

/**
 * JSON with a space after `,` and `:`, as TabPy sends it: people compare and grep these texts, and TabPy's client
 * prints them as they are. Values that JSON cannot express follow JSON.stringify's rules.
 */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => pythonJson(item ?? null)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}: ${pythonJson(field)}`).join(', ')}}`;
  }
  return JSON.stringify(value);
}
