// Parts of the page's sentences, for tests that know only some of their values.

const GAP = '\u0000';

/** The words of a sentence before its first value: `beginning(CONNECT_WORDS.asked)`. */
export function beginning(sentence: (...values: never[]) => string): string {
  return (sentence as (...values: string[]) => string)(GAP, GAP, GAP).split(GAP)[0]!.trim();
}
