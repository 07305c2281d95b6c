// Reads the text of a call that came by HTTP, from a browser or from a command. Must not know the calls.

/** The whole body of a request; null when it is longer than `mostBytes`. */
export async function bodyText(asked: AsyncIterable<Buffer>, mostBytes: number): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of asked) {
    size += part.length;
    if (size > mostBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** No call accepts undefined: the reply is then that the arguments are wrong. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
