// Finds the beginning of the script in a body of /evaluate without parsing the body, which may have a hundred
// megabytes. Pure.

const KEY = Buffer.from('"script"');
const PREP_ENDING = Buffer.from('return execution_result.to_dict(');
const CHARACTERS = 160;
/** How far each end is searched: clients put the script before the data or after it. */
const WINDOW_BYTES = 64 * 1024;

/** The first characters of the script, in one line; null when the script is not near either end. */
export function scriptBeginning(body: Buffer): string | null {
  return (
    beginningIn(body.subarray(0, WINDOW_BYTES)) ??
    (body.length > WINDOW_BYTES ? beginningIn(body.subarray(-WINDOW_BYTES)) : null)
  );
}

/**
 * Whether Prep wrote the end of the script: such a script calls the function of a step with all columns, and returns
 * the result.
 */
export function isPrepScript(body: Buffer): boolean {
  return (
    body.subarray(0, WINDOW_BYTES).includes(PREP_ENDING) ||
    (body.length > WINDOW_BYTES && body.subarray(-WINDOW_BYTES).includes(PREP_ENDING))
  );
}

function beginningIn(bytes: Buffer): string | null {
  for (let at = bytes.indexOf(KEY); at >= 0; at = bytes.indexOf(KEY, at + KEY.length)) {
    // More bytes than wanted characters: an escape takes up to six bytes, and so may one character.
    const text = bytes.subarray(at + KEY.length, at + KEY.length + CHARACTERS * 6).toString('utf8');
    const literal = /^\s*:\s*"((?:[^"\\]|\\.)*)/s.exec(text)?.[1];
    if (literal !== undefined) return textOf(literal);
  }
  return null;
}

function textOf(literal: string): string {
  // The cut may be in the middle of an escape.
  const whole = literal.replace(/\\u[\da-fA-F]{0,3}$/, '');
  let text: string;
  try {
    text = JSON.parse(`"${whole}"`) as string;
  } catch {
    text = whole;
  }
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > CHARACTERS ? `${line.slice(0, CHARACTERS - 1)}…` : line;
}
