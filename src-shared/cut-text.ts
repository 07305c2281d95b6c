// Cuts texts of strangers to a length that can be kept. Pure.

/**
 * A text of at most so many characters, with a note of how many were cut. The cut text is a copy: a slice would keep
 * the whole text in memory as long as it lives.
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const first = firstOf(text, most);
  return copied(`${first}… (${text.length - first.length} more characters were cut)`);
}

/** The first letters of a text, for a place that shows the number of cut letters elsewhere. A copy, too. */
export function firstOf(text: string, most: number): string {
  if (text.length <= most) return text;
  // Not in the middle of a surrogate pair, because half a pair is not valid text.
  return copied(text.slice(0, /[\uD800-\uDBFF]/.test(text[most - 1] ?? '') ? most - 1 : most));
}

/** The same letters as a copy, so that the original text can be freed. */
function copied(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
