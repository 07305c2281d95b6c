// Values of settings as text in a field, and back. Pure; src-shared/settings.ts decides whether they are valid.

import type { Kind, Setting } from '../../../src-shared/setting-kinds.ts';
import { SETTINGS_WORDS as words } from './words.ts';

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
  if (kind.kind === 'path') return text.trim();
  if (kind.kind !== 'number') return text;
  const trimmed = text.trim().replace(',', '.');
  return trimmed === '' || Number.isNaN(Number(trimmed)) ? trimmed : Number(trimmed);
}

/** The help of a setting, with its choices as the page names them. */
export function helpText({ kind, help }: Setting): string {
  const choices = kind.kind === 'choice' ? kind.choices : [];
  return choices.reduce((text, choice) => text.replace(`${choice}: `, `${words.choices[choice] ?? choice}: `), help);
}

/** The default of a setting in words, such as `30 s`, `off` or `in the data folder`. */
export function defaultText({ kind, default: value, whenEmpty = words.empty }: Setting): string {
  if (typeof value === 'boolean') return value ? words.on : words.off;
  if (kind.kind === 'choice') return words.choices[String(value)] ?? String(value);
  if (Array.isArray(value)) return value.join(', ') || whenEmpty;
  if (kind.kind === 'number') return `${String(value)} ${kind.unit}`.trimEnd();
  return String(value) || whenEmpty;
}
