// Values of settings as text in a field, and back. Pure; src-shared/settings.ts decides whether they are valid.

import type { Kind } from '../../../src-shared/setting-kinds.ts';

/** Lists have one entry on each line. */
export function shownText(value: unknown): string {
  return Array.isArray(value) ? value.join('\n') : String(value);
}

/** The entered value. A text that is not a number stays a text, which a number setting refuses. */
export function enteredValue(kind: Kind, text: string): unknown {
  if (kind.kind === 'list')
    return text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  if (kind.kind !== 'number') return text;
  const trimmed = text.trim().replace(',', '.');
  return trimmed === '' || Number.isNaN(Number(trimmed)) ? trimmed : Number(trimmed);
}
