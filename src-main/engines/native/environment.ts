// Looks into a Python that somebody names: is it one, which version, where are its folders. Must not know who asks.

import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

/** A Python whose packages scripts use. */
export interface NativeEnvironment {
  /** The path of the program. */
  readonly python: string;
  /** Such as `3.12.4`. */
  readonly version: string;
  readonly prefix: string;
}

const LEAST_MINOR = 11;
const LOOK_MS = 20_000;
const ASK =
  'import json, sys; print(json.dumps([sys.implementation.name, list(sys.version_info[:3]), sys.prefix]), flush=True)';

/** Whether a value of the setting means a path. */
export function isPathOfPython(wanted: string): boolean {
  return wanted.includes('/') || wanted.includes('\\');
}

/**
 * Looks into a Python.
 * @param place the path of a Python, or of the folder of an environment
 * @throws Error with a sentence for the user
 */
export async function inspectPython(place: string): Promise<NativeEnvironment> {
  const python = programAt(place);
  const answer = await askPython(python, place);
  const [implementation, version, prefix] = answer;
  if (implementation !== 'cpython')
    throw new Error(`${place} is ${implementation}. Choose a CPython 3.${LEAST_MINOR} or newer.`);
  const [major = 0, minor = 0] = version;
  const text = version.join('.');
  if (major !== 3 || minor < LEAST_MINOR)
    throw new Error(`${place} is Python ${text}. Choose Python 3.${LEAST_MINOR} or newer.`);
  return { python, version: text, prefix };
}

function programAt(place: string): string {
  if (!existsSync(place)) throw new Error(`There is no Python at ${place}. Check the path.`);
  if (!statSync(place).isDirectory()) return path.resolve(place);
  const found = ['bin/python3', 'bin/python'].map((name) => path.resolve(place, name)).find((one) => existsSync(one));
  if (found === undefined)
    throw new Error(`The folder ${place} holds no Python environment (bin/python is missing). Check the path.`);
  return found;
}

type Answer = readonly [implementation: string, version: readonly number[], prefix: string];

function askPython(python: string, place: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const refuse = (why: string): void => reject(new Error(`${place} is not a Python that runs here: ${why}.`));
    execFile(python, ['-I', '-c', ASK], { env: {}, timeout: LOOK_MS, cwd: '/' }, (error, printed, complained) => {
      if (error?.killed) return refuse(`it did not answer within ${LOOK_MS / 1000} s`);
      if (error) return refuse(complained.trim().split('\n').at(-1) || error.message);
      const answer = answerIn(printed);
      if (answer === null) return refuse('it does not answer as Python does');
      resolve(answer);
    });
  });
}

/** Packages may print while Python starts: the last line is the answer. */
function answerIn(printed: string): Answer | null {
  try {
    const value: unknown = JSON.parse(printed.trim().split('\n').at(-1) ?? '');
    if (!Array.isArray(value)) return null;
    const [implementation, version, prefix] = value as unknown[];
    const isAnswer =
      typeof implementation === 'string' &&
      Array.isArray(version) &&
      version.every((one) => typeof one === 'number') &&
      typeof prefix === 'string';
    return isAnswer ? [implementation, version, prefix] : null;
  } catch {
    return null;
  }
}
