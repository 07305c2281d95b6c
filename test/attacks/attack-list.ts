// The attacks that scripts are tried with: those of a study of Pyodide's ways out, and those that were thought of here.

import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Attack {
  readonly name: string;
  readonly category: string;
  readonly python: string;
  readonly success: { readonly kind: string; readonly looks_like?: string };
  /** Another caller's request before the attack, and between the attack and `then`. */
  readonly before?: string;
  readonly between?: string;
  /** The request that shows whether it worked. */
  readonly then?: string;
  /** ms that a delayed effect may take. */
  readonly settle?: number;
  /** Its memory is measured. */
  readonly memcheck?: boolean;
  /** What a list of names may not hold. */
  readonly leak?: string;
  /** The secret file must be there afterwards. */
  readonly after_file_intact?: boolean;
  /** The study's own word for harmless. */
  readonly info?: boolean;
}

const listIn = (file: string): readonly Attack[] =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, file), 'utf8')) as readonly Attack[];

/** They are tried on an interpreter alone as well. */
export const studyAttacks = listIn('study-attacks.json');
export const allAttacks = [...studyAttacks, ...listIn('own-attacks.json')];
/** What SECURITY.md does not promise there: real threads may start, and the computer's name can be seen. */
const isPromisedNatively = ({ name, success }: Attack): boolean =>
  name !== 'threads_bomb' && success.kind !== 'hostinfo';
/**
 * The attacks on CPython behind the walls of the operating system: those of its study, our own, and those above. In this
 * order, because some of those above spoil the attacker's own Python, and with it what the others use.
 */
export const nativeAttacks = [
  ...listIn('native-own-attacks.json'),
  ...listIn('native-study-attacks.json'),
  ...allAttacks.filter(isPromisedNatively),
];
