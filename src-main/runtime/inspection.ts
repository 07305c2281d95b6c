// Inspects a pickle: what it holds, and how functions of another Python in it are recompiled from source. Must not know
// interpreters, files or HTTP.
// Threat: the author of a pickle names the file of its source, and its code runs where it is loaded. So a source goes
// only to an interpreter that never ran anything (`rebuild`), and only a function that looks like the pickled function
// comes out.

import type { Json } from '../../src-shared/function.ts';
import { shownError, shownNotes } from '../../src-shared/load-texts.ts';
import type { ReplyMeta, RequestMeta, Rebuilt, Wanted } from './messages.ts';
import type { Answer } from './answer.ts';

/** What is known of a pickle that works here. */
export interface FoundFunction {
  readonly docstring: string;
  readonly methods: readonly Json[];
  /** The pickle to keep: as it came, or made again. */
  readonly pickle: Buffer;
  readonly isRebuilt: boolean;
  /** The text of the function; null when it was not found. */
  readonly source: string | null;
  readonly libraries: Readonly<Record<string, string>>;
  /** Sentences for the analyst, such as about other versions of libraries. */
  readonly notes: readonly string[];
}

export interface UnusablePickle {
  /** For the analyst. */
  readonly error: string;
  /** Further text for the log: why no source was found. */
  readonly why: string | null;
  /** Nothing was inspected: Python is stopped, does not start, or has too much to do. */
  readonly isPythonAway: boolean;
}

export type Inspection = FoundFunction | UnusablePickle;

/** The text of a source file, or why it is missing, as the end of a sentence that begins with the file's name. */
export type ReadSource = (file: string) => Promise<{ readonly text: string } | { readonly why: string }>;

export interface InspectionDeps {
  readonly pickle: Buffer;
  /** null: sources are not to be read. */
  readonly readSource: ReadSource | null;
  /** Sends a question to an interpreter of the caller. */
  readonly inspect: (meta: RequestMeta, body: Buffer) => Promise<Answer>;
  /** Sends a question to an interpreter in which nothing ever ran. */
  readonly rebuild: (meta: RequestMeta, body: Buffer) => Promise<Answer>;
}

const MOST_FILES = 16;
/** Compiled functions travel in the head of a request. */
const MOST_CODE_CHARACTERS = 2_000_000;

/**
 * Loads a pickle; where it has functions of another Python, finds their sources, and loads it again with the recompiled
 * functions.
 */
export async function inspectPickle(deps: InspectionDeps): Promise<Inspection> {
  const { pickle, readSource, inspect } = deps;
  const first = await inspect({ op: 'inspect' }, pickle);
  if (first.kind !== 'answered') return notLookedAt(first);
  const { meta } = first;
  if (meta.status === 200) {
    const { rebuilt } = await sourcesOf(meta.main && readSource ? [meta.main] : [], deps);
    return found(meta, pickle, false, rebuilt[0]?.source);
  }
  if (!meta.missing || !readSource) return failed(meta, null);
  const { rebuilt, why } = await sourcesOf(meta.missing, deps);
  if (rebuilt.length < meta.missing.length || sizeOf(rebuilt) > MOST_CODE_CHARACTERS) return failed(meta, why);
  const again = await inspect(
    { op: 'inspect', rebuilt: rebuilt.map(({ wanted, code }) => ({ wanted, code })) },
    pickle,
  );
  if (again.kind !== 'answered') return notLookedAt(again);
  if (again.meta.status !== 200 || again.body.length === 0) return failed(again.meta, null);
  const main = rebuilt.find(({ wanted }) => isSame(wanted, again.meta.main));
  return found(again.meta, Buffer.from(again.body), true, main?.source);
}

/** Finds functions in the files that the pickle names; `why` explains the last function that was not found. */
async function sourcesOf(
  wanted: readonly Wanted[],
  { readSource, rebuild }: InspectionDeps,
): Promise<{ readonly rebuilt: readonly Rebuilt[]; readonly why: string | null }> {
  const rebuilt: Rebuilt[] = [];
  let why: string | null = null;
  for (const file of [...new Set(wanted.map((one) => one.file))].slice(0, MOST_FILES)) {
    const source = await readSource!(file);
    if ('why' in source) {
      why = file.startsWith('<') ? 'its source is not in a file' : `${file} ${source.why}`;
      continue;
    }
    // A function made with exec() names no file; its string may stand in the file of the others.
    const ofFile = wanted.filter(
      (one) => one.file === file || (one.file.startsWith('<') && !rebuilt.some((other) => isSame(other.wanted, one))),
    );
    const answer = await rebuild({ op: 'rebuild', wanted: ofFile }, Buffer.from(source.text));
    const ours = (answer.kind === 'answered' && answer.meta.rebuilt) || [];
    rebuilt.push(...ours);
    const lost = ofFile.find((one) => one.file === file && !ours.some((other) => isSame(other.wanted, one)));
    if (lost) why = `${file} has no function ${lost.name} that matches the saved one; the file may have changed since`;
  }
  return { rebuilt, why };
}

function isSame(one: Wanted, other: Wanted | undefined): boolean {
  return one.file === other?.file && one.name === other.name && one.line === other.line && one.looks === other.looks;
}

function sizeOf(rebuilt: readonly Rebuilt[]): number {
  return rebuilt.reduce((sum, { code }) => sum + code.length, 0);
}

function found(meta: ReplyMeta, pickle: Buffer, isRebuilt: boolean, source: string | undefined): FoundFunction {
  const { docstring = '', methods = [], libraries = {}, notes = [] } = meta;
  return { docstring, methods, pickle, isRebuilt, source: source || null, libraries, notes: shownNotes(notes) };
}

function failed({ error }: ReplyMeta, why: string | null): UnusablePickle {
  return {
    error: shownError(error?.text ?? 'It could not be loaded.'),
    why: why === null ? null : shownError(why),
    isPythonAway: false,
  };
}

function notLookedAt({ kind }: Answer): UnusablePickle {
  return {
    error: 'Python could not check the function. Try again.',
    why: null,
    isPythonAway: kind === 'refused',
  };
}
