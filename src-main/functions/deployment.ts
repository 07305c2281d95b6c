// Makes a deployment, the same for every way of deploying: over HTTP, from a script, the window, a file or TabPy.

import type { Json } from '../../src-shared/function.ts';

export interface Deployment {
  readonly name: string;
  readonly description: string;
  readonly docstring: string;
  readonly schema: Json;
  readonly isPublic: boolean;
  readonly methods: readonly Json[];
  readonly pickle: Buffer;
  readonly source: string | null;
  /** The function's name in its source. */
  readonly functionName: string | null;
  readonly libraries: Readonly<Record<string, string>>;
  /** In words: the window, a command, a caller. */
  readonly deployedBy: string;
  readonly notes?: readonly string[];
  /** The pickle as it came, when `pickle` was made from it. */
  readonly uploaded?: Buffer | null;
  /** For a function from another server that is new here: its earlier values. Times in seconds, 0 if unknown. */
  readonly history?: { readonly version: number; readonly creationTime: number; readonly lastModifiedTime: number };
  /** A new version, or the current version again. */
  readonly isNewVersion: boolean;
}

/** The fields of a function that callers see. */
export type ShownFields = Pick<Deployment, 'name' | 'description' | 'docstring' | 'schema' | 'isPublic'>;

/** What Python found in a pickle. */
export interface LookedAt extends Pick<Deployment, 'methods' | 'pickle' | 'source' | 'libraries' | 'notes'> {
  /** `pickle` was made again from the source, because another Python saved it. */
  readonly isRebuilt: boolean;
}

/** What each way of deploying adds. */
export interface Origin extends Pick<Deployment, 'deployedBy' | 'history'> {
  readonly functionName?: string | null;
  /** False: the current version again. */
  readonly isNewVersion?: boolean;
}

/** A deployment of a pickle that Python inspected; `pickle` is the pickle as it came. */
export function deploymentOf(
  { name, description, docstring, schema, isPublic }: ShownFields,
  { methods, source, libraries, notes = [], isRebuilt, pickle }: LookedAt,
  came: Buffer,
  { functionName = null, isNewVersion = true, deployedBy, history }: Origin,
): Deployment {
  return {
    name,
    description,
    docstring,
    schema,
    isPublic,
    methods,
    pickle,
    source,
    libraries,
    notes,
    functionName,
    deployedBy,
    isNewVersion,
    uploaded: isRebuilt ? came : null,
    ...(history ? { history } : {}),
  };
}

/** The fields of a pickle that does not load here: it is kept as it came. */
export function notLoading(pickle: Buffer): LookedAt {
  return { methods: [], pickle, source: null, libraries: {}, notes: [], isRebuilt: false };
}
