// Draft of one function: written, not yet deployed, kept while the user visits other screens. Pure.

import type { FunctionDetail, NewFunction, Parameter } from '../../src-shared/function-detail.ts';
import { isFunctionName } from '../../src-shared/function-name.ts';
import { sampleIn } from './function-schema.ts';
import { NO_DATA, writtenData, writtenText } from './test-data.ts';
import type { TestData } from './test-data.ts';

/** Where a draft came from. The editor says so above it. */
export type DraftOrigin = 'new' | 'deployed' | 'promoted' | 'file';

export interface Draft {
  readonly origin: DraftOrigin;
  /** The deployed function that it changes; null: a new function. */
  readonly edits: string | null;
  /** The sample that it started from. */
  readonly sample: string | null;
  /** The file that it was read from. */
  readonly file: string | null;
  readonly source: string;
  /** Empty until the code defines a function. */
  readonly functionName: string;
  /** Equal to `functionName` until the user changes it. */
  readonly name: string;
  readonly isNamed: boolean;
  readonly description: string;
  readonly isPublic: boolean;
  readonly data: TestData;
  /** The data that came with it, which the user can restore. */
  readonly captured: TestData | null;
  /** Its content at the start, to tell whether it has changed. */
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

/** A draft that changes a deployed function. Null when its code is not known. */
export function draftOfDeployed({ endpoint, source, versions, tests }: FunctionDetail): Draft | null {
  if (source === null) return null;
  const { name, description, isPublic, version } = endpoint;
  const functionName = versions.find((one) => one.version === version)?.functionName ?? name;
  const sample = writtenData(sampleIn(endpoint.schema));
  const data = (tests.tried === null ? null : writtenText(tests.tried)) ?? sample ?? NO_DATA;
  const about = { edits: name, name, isNamed: true, description, isPublic };
  return draftOf('deployed', { ...about, source, functionName, data, captured: sample });
}

/** Whether the draft holds something that is not deployed. A script or a file does so from the start. */
export function isUnsaved(draft: Draft | null): boolean {
  if (draft === null) return false;
  return draft.origin === 'promoted' || draft.origin === 'file' || contentOf(draft) !== draft.begun;
}

/** The draft after a change. Its name is the function's until the user changes it. */
export function changed(draft: Draft, change: DraftParts): Draft {
  const next = { ...draft, ...change };
  return next.isNamed ? next : { ...next, name: next.functionName };
}

/** The draft with a function of its code: the chosen one if it is still there, else the last one. */
export function withFunctions(draft: Draft, functions: readonly { readonly name: string }[]): Draft {
  if (functions.some(({ name }) => name === draft.functionName)) return draft;
  return changed(draft, { functionName: functions.at(-1)?.name ?? '' });
}

export function newFunctionOf(draft: Draft, override: boolean): NewFunction {
  const { source, functionName, name, description, isPublic } = draft;
  return { source, functionName, name: name.trim(), description, isPublic, override };
}

/** TabPy's rule for names. The program decides. */
export function isPossibleName(name: string): boolean {
  return isFunctionName(name) && name.trim() !== '';
}

/** Parameters for a test; null while the code does not define the function. */
export function parametersIn(
  functions: readonly { readonly name: string; readonly parameters: readonly Parameter[] }[],
  name: string,
): readonly Parameter[] | null {
  return functions.find((one) => one.name === name)?.parameters ?? null;
}

function contentOf({ source, functionName, name, description, isPublic }: Omit<Draft, 'begun'>): string {
  return JSON.stringify([source, functionName, name, description, isPublic]);
}
