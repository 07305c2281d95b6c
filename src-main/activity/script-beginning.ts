// Finds the beginning of the script in a body of /evaluate without parsing the body, which may have a hundred
// megabytes. Pure.

import { tellingLine } from '../../src-shared/telling-line.ts';

const KEY = Buffer.from('"script"');
const PREP_ENDING = Buffer.from('return execution_result.to_dict(');
const PREP_CALL = /execution_result = ([A-Za-z_]\w{0,99})\(/;
const CHARACTERS = 160;
/** So much of a script is searched for the line that tells most. */
const SEARCHED_BYTES = 4_000;
/** How far each end is searched: clients put the script before the data or after it. */
const WINDOW_BYTES = 64 * 1024;

export interface ScriptBeginning {
  /** The first characters, in one line. */
  readonly preview: string;
  /** The line that tells most about the script. */
  readonly telling: string;
}

/** Null when the script is not near either end of the body. */
export function scriptBeginning(body: Buffer): ScriptBeginning | null {
  const isLong = body.length > WINDOW_BYTES;
  const found =
    beginningIn(body.subarray(0, WINDOW_BYTES)) ?? (isLong ? beginningIn(body.subarray(-WINDOW_BYTES)) : null);
  if (found === null) return null;
  const step = prepStep(body);
  return { preview: cut(found), telling: cut(step === null ? tellingLine(found) : `${step}(…)`) };
}

/**
 * Whether Prep wrote the end of the script: such a script calls the function of a step with all columns, and returns
 * the result.
 */
export function isPrepScript(body: Buffer): boolean {
  return windowsOf(body).some((bytes) => bytes.includes(PREP_ENDING));
}

/** The function that Prep's step calls; null for other scripts. */
function prepStep(body: Buffer): string | null {
  for (const bytes of windowsOf(body)) {
    const at = bytes.indexOf(PREP_ENDING);
    if (at < 0) continue;
    const before = bytes.subarray(Math.max(0, at - SEARCHED_BYTES), at).toString('utf8');
    return PREP_CALL.exec(before)?.[1] ?? null;
  }
  return null;
}

function windowsOf(body: Buffer): readonly Buffer[] {
  const first = body.subarray(0, WINDOW_BYTES);
  return body.length > WINDOW_BYTES ? [first, body.subarray(-WINDOW_BYTES)] : [first];
}

function beginningIn(bytes: Buffer): string | null {
  for (let at = bytes.indexOf(KEY); at >= 0; at = bytes.indexOf(KEY, at + KEY.length)) {
    const text = bytes.subarray(at + KEY.length, at + KEY.length + SEARCHED_BYTES).toString('utf8');
    const literal = /^\s*:\s*"((?:[^"\\]|\\.)*)/s.exec(text)?.[1];
    if (literal !== undefined) return textOf(literal);
  }
  return null;
}

function textOf(literal: string): string {
  // The cut may be in the middle of an escape.
  const whole = literal.replace(/\\u[\da-fA-F]{0,3}$/, '');
  try {
    return JSON.parse(`"${whole}"`) as string;
  } catch {
    return whole;
  }
}

function cut(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > CHARACTERS ? `${line.slice(0, CHARACTERS - 1)}…` : line;
}
