// Edits files of Python packages by counted text rules: a file that differs from the rule's file is refused.

import { createHash } from 'node:crypto';

/** One edit of a file's text. */
export interface TextEdit {
  readonly find: string;
  readonly put: string;
  /** In how many places it must be found. */
  readonly times: number;
}

export interface TextRule {
  /** Below site-packages, with slashes. */
  readonly file: string;
  /** SHA-256 of the file as it is in the wheel. */
  readonly sha256: string;
  readonly edits: readonly TextEdit[];
}

/** @throws Error when the file is missing or different, or an edit does not find what it must */
export function editText(bytes: Uint8Array | undefined, { file, sha256, edits }: TextRule): Uint8Array {
  if (bytes === undefined) throw new Error(`${file} is missing.`);
  const own = createHash('sha256').update(bytes).digest('hex');
  if (own !== sha256)
    throw new Error(`${file} has the SHA-256 ${own}, not ${sha256}: look at it again before changing its rules.`);
  const text = edits.reduce((edited, { find, put, times }) => {
    const found = edited.split(find).length - 1;
    if (found !== times) throw new Error(`${file}: ${JSON.stringify(find)} was found ${found} times, not ${times}.`);
    return edited.replaceAll(find, () => put);
  }, Buffer.from(bytes).toString());
  return Buffer.from(text);
}
