// One distributed package or library with its licence. Must not know where it was read from.

export interface LicenceText {
  /** Where the text was found, such as `LICENSE` or `licenses/numpy/ma/LICENSE`. */
  readonly file: string;
  readonly text: string;
}

export interface Component {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression; null when it is unknown. */
  readonly licence: string | null;
  readonly texts: readonly LicenceText[];
  /** Text that our users must get beside the licence, such as an acknowledgement that it requires. */
  readonly note: string | null;
  /** A package URL, which identifies the component in all such lists. */
  readonly purl: string;
  readonly hash: ComponentHash | null;
  /** Where it is used, in words: `the window`, `the image of Python`. */
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
