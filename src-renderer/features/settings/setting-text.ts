// Values of settings as text in a field, and back. Pure; must not judge them, src-shared/settings.ts does.

import type { Kind } from '../../../src-shared/setting-kinds.ts';

/** Lists have one entry a line. */
export function shownText(value: unknown): string {
  return Array.isArray(value) ? value.join('\n') : String(value);
}

/** What was entered; a text that is no number stays a text, which no number setting takes. */
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
