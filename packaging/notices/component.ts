// What is passed on to users: one package or library, with its licence. Must not know where any of it was read.

export interface LicenceText {
  /** Where the text was found, such as `LICENSE` or `licenses/numpy/ma/LICENSE`. */
  readonly file: string;
  readonly text: string;
}

export interface Component {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression; null when nothing is known. */
  readonly licence: string | null;
  readonly texts: readonly LicenceText[];
  /** What our users must be told beside the text, such as an acknowledgement that the licence asks for. */
  readonly note: string | null;
  /** A package URL, which names it in every list of its kind. */
  readonly purl: string;
  readonly hash: ComponentHash | null;
  /** Where it is, in words: `the window`, `the image of Python`. */
  readonly place: string;
}

export interface ComponentHash {
  readonly algorithm: 'SHA-256' | 'SHA-512';
  readonly hex: string;
}

/** By name and version, whatever the case of letters. */
export function inOrder(components: readonly Component[]): readonly Component[] {
  return components.toSorted(
    (one, other) =>
      compare(one.name.toLowerCase(), other.name.toLowerCase()) ||
      compare(one.version, other.version) ||
      compare(one.purl, other.purl),
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
