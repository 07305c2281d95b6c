// What is kept of a deployed function and of each of its versions. Must not know where it is kept.

import type { DeployedFunction } from '../../src-shared/function.ts';

/** The record of one deployment, beside its pickle and its source. */
export interface VersionRecord {
  readonly version: number;
  readonly deployedAt: number;
  readonly pickleBytes: number;
  readonly pickleSha256: string;
  readonly hasSource: boolean;
  readonly libraries: Readonly<Record<string, string>>;
  /** Records of older programs of this format lack the following. */
  readonly sourceBytes?: number;
  readonly deployedBy?: string;
  /** From the server on which it was deployed. */
  readonly python?: string;
  /** The function's name in its source. */
  readonly functionName?: string;
  /** What the analyst should know of it, such as another version of a library. */
  readonly notes?: readonly string[];
  /** SHA-256 of the pickle as it came, when another pickle was made from it. */
  readonly uploadedSha256?: string;
}

/** endpoint.json: the current function, and its versions, oldest first. */
export interface FunctionRecord {
  readonly format: 1;
  readonly endpoint: DeployedFunction;
  readonly versions: readonly VersionRecord[];
}
