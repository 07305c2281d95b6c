// Python packages as page and program speak of them: what is there, what is missing, what an addition would bring.
// Must not know where files come from.

/** Where a package comes from: an index of wheels (PyPI), Pyodide's own builds, a file that somebody chose. */
export type PackageSource = 'index' | 'pyodide' | 'file';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
}

export interface AddedPackage {
  readonly name: string;
  readonly version: string;
  readonly source: PackageSource;
  readonly bytes: number;
  /** As it was asked for, such as `seaborn` or `seaborn==0.13.2`; null: only others need it. */
  readonly asked: string | null;
  readonly neededBy: readonly string[];
  /** What keeps scripts from importing it, in words; null when nothing is known to. */
  readonly fault: string | null;
}

/** What can be done about a module that a script imports in vain. */
export type Remedy =
  /** Known to have a build that runs here. */
  | { readonly kind: 'add'; readonly package: string }
  /** Nothing is known of it: an index may have it. The name is what the script said. */
  | { readonly kind: 'look'; readonly package: string }
  /** It cannot run here; `instead` says why, and what to use. */
  | { readonly kind: 'cannot'; readonly package: string; readonly instead: string };

/** A module that scripts asked for in vain. `module` is text of a script. */
export interface MissingModule {
  readonly module: string;
  readonly remedy: Remedy;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly lastAt: number;
}

export interface PlannedPackage {
  readonly name: string;
  readonly version: string;
  readonly source: PackageSource;
  /** Null: not told before it is fetched. */
  readonly bytes: number | null;
  /** It is there already, in this version. */
  readonly isThere: boolean;
  /** The version that it takes the place of. */
  readonly before: string | null;
  readonly isAsked: boolean;
  readonly neededBy: readonly string[];
}

/** What would happen; nothing has happened yet. */
export interface PackagePlan {
  readonly id: number;
  /** What is to be fetched and put in place, and what is there already and stays; those that were asked for first. */
  readonly packages: readonly PlannedPackage[];
  /** Of the bundled ones, those that are used. */
  readonly bundled: readonly BundledPackage[];
  /** What goes. */
  readonly gone: readonly BundledPackage[];
  /** Where the index is, as a host name. */
  readonly index: string;
  /** What the user should know before. */
  readonly notes: readonly string[];
}

/** What is being done; one thing at a time. */
export interface PackageWork {
  readonly kind: 'planning' | 'changing';
  /** Such as "Fetching seaborn, 1 of 3". */
  readonly text: string;
  readonly fraction: number | null;
}

export interface PackagesState {
  readonly bundled: readonly BundledPackage[];
  readonly added: readonly AddedPackage[];
  /** The latest first. */
  readonly missing: readonly MissingModule[];
  readonly work: PackageWork | null;
}

export const NO_PACKAGES: PackagesState = { bundled: [], added: [], missing: [], work: null };

/** What is asked for has at most so many characters. */
export const MOST_SPEC_CHARACTERS = 200;

/** A plan that changes nothing. */
export function isIdle(plan: PackagePlan): boolean {
  return plan.gone.length === 0 && plan.packages.every((one) => one.isThere);
}
