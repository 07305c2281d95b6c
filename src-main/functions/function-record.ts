// What is kept of a deployed function and of each of its versions. Must not know where it is kept.

import type { DeployedFunction } from '../../src-shared/function.ts';

/** What is kept of one deployment, beside its pickle and its source. */
export interface VersionRecord {
  readonly version: number;
  readonly deployedAt: number;
  readonly pickleBytes: number;
  readonly pickleSha256: string;
  readonly hasSource: boolean;
  readonly libraries: Readonly<Record<string, string>>;
  /** The following are not in records of older programs of this format. */
  readonly sourceBytes?: number;
  readonly deployedBy?: string;
  /** Of the server that it was deployed on. */
  readonly python?: string;
  /** What the function is called in its source. */
  readonly functionName?: string;
  /** What the analyst should know of it, such as a library of another version in it. */
  readonly notes?: readonly string[];
  /** Of the pickle as it came, where another was made of it. */
  readonly uploadedSha256?: string;
}

/** endpoint.json: the function as it is served now, and its versions, oldest first. */
export interface FunctionRecord {
  readonly format: 1;
  readonly endpoint: DeployedFunction;
  readonly versions: readonly VersionRecord[];
}
