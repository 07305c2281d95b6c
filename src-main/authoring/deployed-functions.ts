// The deployed functions as an author sees them. Must not know where they are kept.

import type { DeployedFunction, Json } from '../../src-shared/function.ts';
import type { FunctionVersion } from '../../src-shared/function-detail.ts';
import type { FunctionExample, FunctionTests } from '../../src-shared/function-examples.ts';

/** The deployed functions. Refused changes reject with a Refusal. */
export interface DeployedFunctions {
  endpoint(name: string): DeployedFunction | null;
  /** The newest first. */
  versions(name: string): readonly FunctionVersion[];
  source(name: string, version: number): Promise<string | null>;
  pickle(name: string, version: number): Promise<Buffer | null>;
  /** A pickle that Python has inspected, as a new version. */
  deployPickle(pickled: PickledFunction): Promise<DeployedFunction>;
  removeVersion(name: string, version: number): Promise<void>;
  names(): readonly string[];
  setSchema(name: string, schema: Json): Promise<void>;
  /** Adds an alias, or points it to another function. */
  putAlias(name: string, target: string, description: string): Promise<void>;
  /** Its saved examples, and the data that was last tried. */
  tests(name: string): Promise<FunctionTests>;
  changeTests(name: string, next: (before: FunctionTests) => FunctionTests): Promise<void>;
  /** A file with the functions' current versions and their examples. */
  exported(names: readonly string[]): Promise<Buffer>;
  lookInto(archive: Buffer): Promise<readonly OfferedFunction[]>;
}

export interface PickledFunction extends Pick<
  DeployedFunction,
  'name' | 'description' | 'docstring' | 'schema' | 'isPublic' | 'methods'
> {
  readonly pickle: Buffer;
  readonly source: string | null;
  readonly functionName: string | null;
  readonly libraries: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly deployedBy: string;
}

/** A function of a file; `problem` tells why it can never be imported. */
export interface OfferedFunction extends Pick<
  DeployedFunction,
  'name' | 'description' | 'docstring' | 'schema' | 'isPublic' | 'target' | 'version'
> {
  readonly functionName: string | null;
  readonly python: string | null;
  readonly source: string | null;
  readonly pickle: Buffer | null;
  readonly examples: readonly FunctionExample[];
  readonly problem: string | null;
}
