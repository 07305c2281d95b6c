// Environments as page, commands and program speak of them: a Python with its packages, which the native engine can
// run. Must not know where they are kept or how they are made.

import type { PackageVersion } from './package.ts';

/** `existing`: somebody else made it, and it is only read. `managed`: this program made it, from a lock. */
export type EnvironmentKind = 'existing' | 'managed';

export interface Environment {
  readonly name: string;
  readonly kind: EnvironmentKind;
  /** The full path of its executable. */
  readonly python: string;
  /** Such as `3.11.2`. */
  readonly version: string;
  /** The folder of the environment. */
  readonly prefix: string;
  /** The folder of the Python that it was made from; the same as `prefix` where it was made from none. */
  readonly basePrefix: string;
  readonly packages: readonly PackageVersion[];
  /** Why it cannot be used, or what to know about it, in a sentence; null: nothing is known. */
  readonly fault: string | null;
}

export type FoundKind = 'virtual environment' | 'conda' | 'pixi' | 'pyenv' | 'system';

/** A Python that was found on the computer. Nothing of it was run. */
export interface FoundPython {
  readonly kind: FoundKind;
  readonly python: string;
  /** As files beside it tell; null: only running it would tell. */
  readonly version: string | null;
}

/** An environment that was looked into again, and what changed since the last time, a sentence each. */
export interface EnvironmentLook {
  readonly environment: Environment;
  readonly changes: readonly string[];
}

/** What a managed environment is made from. `packages`: one requirement (PEP 508) a line. */
export type ContentsKind = 'packages' | 'requirements' | 'uv.lock' | 'pylock.toml';

export interface EnvironmentContents {
  readonly kind: ContentsKind;
  readonly text: string;
}

export interface NewEnvironment {
  readonly name: string;
  /** The path of the Python to make it from; null: the newest one on this computer that fits. */
  readonly python: string | null;
  readonly contents: EnvironmentContents;
}

/** The present work; one at a time. */
export interface EnvironmentWork {
  /** Such as "Choosing versions". */
  readonly text: string;
  readonly fraction: number | null;
}

export interface EnvironmentsState {
  readonly environments: readonly Environment[];
  /** What runs scripts where nothing else is said: a name, a path or `builtin`; null: this program cannot choose. */
  readonly standard: string | null;
  readonly work: EnvironmentWork | null;
}

export const NO_ENVIRONMENTS: EnvironmentsState = { environments: [], standard: null, work: null };

/** The name of the Python that comes with the program. */
export const BUILTIN = 'builtin';

/** The longest requirements file or lock, in characters. */
export const MOST_CONTENTS_CHARACTERS = 5_000_000;

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/;
/** Windows keeps these names for devices. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i;

/** Why a text cannot be the name of an environment, as a sentence; null: it can. */
export function environmentNameFault(name: string): string | null {
  if (name === '') return 'An environment needs a name.';
  if (name.toLowerCase() === BUILTIN)
    return `'${BUILTIN}' is the name of the Python that comes with TabPy Tray. Choose another name.`;
  if (!NAME.test(name) || RESERVED.test(name))
    return `'${name.slice(0, 80)}' cannot be the name of an environment. Use up to 64 letters (a to z), digits, dots, dashes and underscores.`;
  return null;
}

/** Names differ by more than capital letters. */
export function sameEnvironmentName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** What a file of this name holds. */
export function contentsKindOf(fileName: string): ContentsKind {
  const name = fileName.replaceAll('\\', '/').split('/').at(-1)!.toLowerCase();
  if (name === 'uv.lock') return 'uv.lock';
  return /^pylock(?:\.[^.]+)?\.toml$/.test(name) ? 'pylock.toml' : 'requirements';
}

const USUAL_FOLDERS = new Set(['.venv', 'venv', 'env', '.env', 'envs', '.pixi', 'bin', 'Scripts']);

/** A name for an environment that nobody named: of its project where its own folder is called as all are. */
export function suggestedEnvironmentName(prefix: string, taken: readonly string[]): string {
  const parts = prefix.split(/[\\/]/).filter((part) => part !== '');
  const own = parts.at(-1) === 'default' ? parts.slice(0, -1) : parts;
  const folder = own.findLast((part) => !USUAL_FOLDERS.has(part)) ?? 'python';
  const plain = folder
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '')
    .slice(0, 50);
  const name = environmentNameFault(plain) === null ? plain : 'python';
  const isTaken = (one: string): boolean => taken.some((other) => sameEnvironmentName(one, other));
  for (let count = 1; ; count++) {
    const numbered = count === 1 ? name : `${name}-${count}`;
    if (!isTaken(numbered)) return numbered;
  }
}
