// Types of the screen About: versions, packages with their licences, places.

export interface About {
  readonly version: string;
  /** Such as `3.14.2`; null until Python was ready for the first time. */
  readonly python: string | null;
  /** The version of Pyodide in the built-in engine, such as `314.0.4`; null where the list of licences is missing. */
  readonly pyodide: string | null;
  /** Python packages that scripts can import: the product's own, then added packages. */
  readonly packages: readonly AboutPackage[];
  readonly dataDir: string;
  readonly licences: Licences;
  /** The address for bug reports; null: this copy has none. */
  readonly issues: string | null;
}

export interface AboutPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression; null: not known here. */
  readonly licence: string | null;
}

/** The licences of everything that the program contains; `place` is their folder. */
export type Licences =
  | { readonly kind: 'text'; readonly place: string; readonly text: string }
  /** A clone in which they were not made. */
  | { readonly kind: 'none'; readonly place: string };
