// What is being written and not yet deployed: one function at a time, kept while other screens are looked at. Knows no program.

import type { FunctionDetail, NewFunction, Parameter } from '../../src-shared/function-detail.ts';
import { sampleIn } from './function-schema.ts';
import { NO_DATA, writtenData } from './test-data.ts';
import type { TestData } from './test-data.ts';

/** Where a draft came from, which decides what is said above it. */
export type DraftOrigin = 'new' | 'deployed' | 'promoted' | 'file';

export interface Draft {
  readonly origin: DraftOrigin;
  /** The deployed function that it is a change of; null: a new one. */
  readonly edits: string | null;
  /** The sample that it began with. */
  readonly sample: string | null;
  /** The file that it was dropped as. */
  readonly file: string | null;
  readonly source: string;
  /** Empty until the source defines one. */
  readonly functionName: string;
  /** Follows `functionName` until it is written by hand. */
  readonly name: string;
  readonly isNamed: boolean;
  readonly description: string;
  readonly isPublic: boolean;
  readonly data: TestData;
  /** The data that came with it, to go back to. */
  readonly captured: TestData | null;
  /** How it began, to tell whether anything would be lost. */
  readonly begun: string;
}

type DraftParts = Partial<Omit<Draft, 'begun' | 'origin'>>;

export function draftOf(origin: DraftOrigin, parts: DraftParts): Draft {
  const draft = {
    origin,
    edits: null,
    sample: null,
    file: null,
    source: '',
    functionName: '',
    name: parts.functionName ?? '',
    isNamed: false,
    description: '',
    isPublic: false,
    data: NO_DATA,
    captured: null,
    ...parts,
    begun: '',
  };
  return { ...draft, begun: contentOf(draft) };
}

/** A deployed function to be changed. Null where its source is not known. */
export function draftOfDeployed({ endpoint, source, versions }: FunctionDetail): Draft | null {
  if (source === null) return null;
  const { name, description, isPublic, version } = endpoint;
  const functionName = versions.find((one) => one.version === version)?.functionName ?? name;
  const sample = writtenData(sampleIn(endpoint.schema));
  const data = sample ?? NO_DATA;
  const about = { edits: name, name, isNamed: true, description, isPublic };
  return draftOf('deployed', { ...about, source, functionName, data, captured: sample });
}

/** Whether something was written that is deployed nowhere. What a script or a file became counts from the start. */
export function isUnsaved(draft: Draft | null): boolean {
  if (draft === null) return false;
  return draft.origin === 'promoted' || draft.origin === 'file' || contentOf(draft) !== draft.begun;
}

/** A change of the draft. A function's name is the draft's own until that is written by hand. */
export function changed(draft: Draft, change: DraftParts): Draft {
  const next = { ...draft, ...change };
  return next.isNamed ? next : { ...next, name: next.functionName };
}

/** With the function that the source defines: the one that was chosen if it is still there, else its last one. */
export function withFunctions(draft: Draft, functions: readonly { readonly name: string }[]): Draft {
  if (functions.some(({ name }) => name === draft.functionName)) return draft;
  return changed(draft, { functionName: functions.at(-1)?.name ?? '' });
}

export function newFunctionOf(draft: Draft, override: boolean): NewFunction {
  const { source, functionName, name, description, isPublic } = draft;
  return { source, functionName, name: name.trim(), description, isPublic, override };
}

/** TabPy's rule for names; the program has the last word. */
export function isPossibleName(name: string): boolean {
  return /^[\w\s-]+$/.test(name) && name.trim() !== '';
}

/** Parameters for trials: none are asked for while the source defines no function. */
export function parametersIn(
  functions: readonly { readonly name: string; readonly parameters: readonly Parameter[] }[],
  name: string,
): readonly Parameter[] | null {
  return functions.find((one) => one.name === name)?.parameters ?? null;
}

function contentOf({ source, functionName, name, description, isPublic }: Omit<Draft, 'begun'>): string {
  return JSON.stringify([source, functionName, name, description, isPublic]);
}
