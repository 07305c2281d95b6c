// Python packages as page and program speak of them: installed packages, missing packages, and the result of an
// addition. Must not know where files come from.

/** Where a package comes from: an index of wheels (PyPI), Pyodide's own builds, a file of the user's. */
export type PackageSource = 'index' | 'pyodide' | 'file';

export interface PackageVersion {
  readonly name: string;
  readonly version: string;
}

/** A package of the product. */
export interface BundledPackage extends PackageVersion {
  /** What scripts can import; empty where it is not known. */
  readonly imports: readonly string[];
}

export interface AddedPackage {
  readonly name: string;
  readonly version: string;
  readonly source: PackageSource;
  readonly bytes: number;
  /** As the user wrote it, such as `seaborn` or `seaborn==0.13.2`; null: only other packages need it. */
  readonly asked: string | null;
  readonly neededBy: readonly string[];
  /** What scripts can import. */
  readonly imports: readonly string[];
  /** Why scripts cannot import it, in words; null when no reason is known. */
  readonly fault: string | null;
}

/** What can be done about a missing module. */
export type Remedy =
  /** There is a build that runs here. */
  | { readonly kind: 'add'; readonly package: string }
  /** Nothing is known of it: an index may have it. The name is the script's. */
  | { readonly kind: 'look'; readonly package: string }
  /** It cannot run here; `instead` says why, and what to use. */
  | { readonly kind: 'cannot'; readonly package: string; readonly instead: string };

/** A missing module that scripts tried to import. `module` is text of a script. */
export interface MissingModule {
  readonly module: string;
  readonly remedy: Remedy;
  readonly count: number;
  /** Milliseconds since 1970. */
  readonly lastAt: number;
  /** The id of the latest request that tried. */
  readonly request: number;
}

export interface PlannedPackage {
  readonly name: string;
  readonly version: string;
  readonly source: PackageSource;
  /** Null: unknown before it is fetched. */
  readonly bytes: number | null;
  /** It is installed already, in this version. */
  readonly isThere: boolean;
  /** The version that it replaces. */
  readonly before: string | null;
  readonly isAsked: boolean;
  readonly neededBy: readonly string[];
}

/** What a change would do; nothing has happened yet. */
export interface PackagePlan {
  readonly id: number;
  /** Packages to be fetched and installed, and those that stay; the requested ones first. */
  readonly packages: readonly PlannedPackage[];
  /** The product's own packages that are used. */
  readonly bundled: readonly PackageVersion[];
  /** Packages that are removed. */
  readonly gone: readonly PackageVersion[];
  /** The host name of the index. */
  readonly index: string;
  /** What the user should know before the change. */
  readonly notes: readonly string[];
}

/** What a plan changed. */
export interface PackagesAdded {
  /** New packages, and other versions of those that were there. */
  readonly packages: readonly AddedPackage[];
  /** Modules that were missing and can be imported now, with the latest request that missed each. */
  readonly found: readonly { readonly module: string; readonly request: number }[];
}

/** The present work on packages; one work at a time. */
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

/** The longest request for a package, in characters. */
export const MOST_SPEC_CHARACTERS = 200;

/** `Scikit_Learn` → `scikit-learn` (PEP 503). */
export function normalName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

/** What somebody means by a word: a package by its name, else the package that has such a module. */
export interface MeantPackage {
  readonly name: string;
  /** The module whose name was written; null: the name of the package was. */
  readonly module: string | null;
}

/**
 * The known package that a word means: `sklearn`, `sklearn.cluster` and `SKLEARN` mean scikit-learn. Null: none of
 * these.
 */
export function meantPackage(
  word: string,
  packages: readonly { readonly name: string; readonly imports: readonly string[] }[],
): MeantPackage | null {
  const named = packages.find(({ name }) => normalName(name) === normalName(word));
  if (named) return { name: named.name, module: null };
  const [top = ''] = word.split('.', 1);
  const isTop = (one: string): boolean => one === top;
  const isLike = (one: string): boolean => one.toLowerCase() === top.toLowerCase();
  const holder =
    packages.find(({ imports }) => imports.some(isTop)) ?? packages.find(({ imports }) => imports.some(isLike));
  return holder ? { name: holder.name, module: holder.imports.find(isTop) ?? holder.imports.find(isLike)! } : null;
}

/** A plan that changes nothing. */
export function isIdle(plan: PackagePlan): boolean {
  return plan.gone.length === 0 && plan.packages.every((one) => one.isThere);
}
