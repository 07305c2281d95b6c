// Types of one function as the page shows it, and of what an author does with source. Knows no files, no HTTP and no
// Python.

import type { CallFacts } from './verdict.ts';
import type { DeployedFunction } from './function.ts';
import type { FunctionTests } from './function-examples.ts';
import type { RequestError } from './request-record.ts';

/** One parameter of a function, as its signature, type hints and docstring have it. */
export interface Parameter {
  readonly name: string;
  /** `any`: the source does not declare it. */
  readonly type: 'number' | 'integer' | 'text' | 'boolean' | 'any';
  readonly isRequired: boolean;
  /** Its text in the docstring. */
  readonly about: string;
}

/** A function that a piece of source defines at its top level. `line` starts at 1. */
export interface DefinedFunction {
  readonly name: string;
  readonly docstring: string;
  readonly parameters: readonly Parameter[];
  readonly line: number;
}

/** A problem in a piece of source; `line` and `column` start at 1, columns in UTF-16 units as in editors. */
export interface SourceProblem {
  readonly severity: 'error' | 'warning';
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface SourceCheck {
  /** Null when they are not known: Python cannot read the source, or is not available now. */
  readonly functions: readonly DefinedFunction[] | null;
  readonly problems: readonly SourceProblem[];
}

/** A name that fits at a place in the source. */
export interface Completion {
  readonly label: string;
  readonly kind: 'function' | 'class' | 'module' | 'variable' | 'keyword';
  /** Such as its signature; empty when nothing is known. */
  readonly about: string;
}

/**
 * The result of a trial, which deploys nothing. `result` is JSON, unless it is so long that it is cut; then it says so.
 */
export type TestRun = RunFacts &
  (
    | { readonly kind: 'answered'; readonly result: string; readonly call: CallFacts }
    | { readonly kind: 'failed'; readonly error: RequestError }
  );

interface RunFacts {
  readonly elapsedMs: number;
  readonly prints: string;
  /** The figures of matplotlib that it left open: PNG files in base64. */
  readonly pictures: readonly string[];
}

/** One deployment of a function. `deployedAt` in seconds since 1970-01-01 UTC. */
export interface FunctionVersion {
  readonly version: number;
  readonly deployedAt: number;
  /** Such as `window`, `command line`, or the caller's address and user; null when it was not recorded. */
  readonly deployedBy: string | null;
  /** Such as `3.14.2`; null when it was not recorded. */
  readonly python: string | null;
  readonly libraries: Readonly<Record<string, string>>;
  readonly hasSource: boolean;
  /** The function's name in its source; null when it was not recorded. */
  readonly functionName: string | null;
  readonly pickleBytes: number;
  /** What the analyst should know of it, such as another version of a library. */
  readonly notes: readonly string[];
}

export interface FunctionDetail {
  readonly endpoint: DeployedFunction;
  /** Of the current version; null when only its pickle is known. */
  readonly source: string | null;
  /** Null when Python could not read them. */
  readonly parameters: readonly Parameter[] | null;
  /** The newest first. */
  readonly versions: readonly FunctionVersion[];
  readonly tests: FunctionTests;
}

/** What an author deploys: `source` defines `functionName`, which is served under `name`. */
export interface NewFunction {
  readonly source: string;
  readonly functionName: string;
  readonly name: string;
  readonly description: string;
  readonly isPublic: boolean;
  /** Whether it may become a new version of an existing function. */
  readonly override: boolean;
}

/** The figures of one function since the server started. Times in ms; p95 over the last 200 calls. */
export interface FunctionFigures {
  readonly calls: number;
  readonly errors: number;
  readonly p95Ms: number;
  readonly lastAt: number;
}

/** The contents of a file of exported functions, shown before anything is imported. */
export interface ExportContents {
  readonly functions: readonly {
    readonly name: string;
    readonly version: number;
    readonly description: string;
    /** A function of this name exists already. */
    readonly isTaken: boolean;
    /** Why it cannot be imported; null when it can. */
    readonly problem: string | null;
  }[];
}

/** A function that is deployed again whenever a .py file is saved. */
export interface FollowedFile {
  /** The name under which it is deployed. */
  readonly name: string;
  /** The file's full path. */
  readonly path: string;
  readonly functionName: string;
  /** Why the file's present content is not deployed; null when it is. */
  readonly problem: string | null;
}
