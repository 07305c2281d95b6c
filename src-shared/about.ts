// What the screen About shows: versions, packages with their licences, places. Must not know where any of it is read.

export interface About {
  readonly version: string;
  /** Such as `3.14.2`; null until Python was ready once. */
  readonly python: string | null;
  /** What the built-in engine is made of, such as `314.0.4`; null where no list of licences is there. */
  readonly pyodide: string | null;
  /** Python packages that scripts can import: those that the program brings, then those that were added. */
  readonly packages: readonly AboutPackage[];
  readonly dataDir: string;
  readonly licences: Licences;
  /** Where problems can be told; null: this copy does not know. */
  readonly issues: string | null;
}

export interface AboutPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression; null: not known here. */
  readonly licence: string | null;
}

/** The licences of everything that the program brings; `place` is the folder for them. */
export type Licences =
  | { readonly kind: 'text'; readonly place: string; readonly text: string }
  /** A clone in which nobody made them. */
  | { readonly kind: 'none'; readonly place: string };
