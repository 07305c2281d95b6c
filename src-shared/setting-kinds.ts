// Kinds of settings: their values and limits, and the check of a value. Must not know the settings.

/** The values of a setting. Numbers are whole unless `isWhole` is false; limits are included. */
export type Kind =
  | {
      readonly kind: 'number';
      readonly least: number;
      readonly most: number;
      readonly isWhole: boolean;
      readonly unit: string;
    }
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'text'; readonly mostCharacters: number }
  /** The path of a file or a folder; empty: none. */
  | { readonly kind: 'path'; readonly of: 'file' | 'folder'; readonly mostCharacters: number }
  | { readonly kind: 'list'; readonly mostEntries: number; readonly mostCharacters: number };

/** What has to restart before a new value applies. `launch`: the program itself. */
export type Applies = 'at once' | 'listener' | 'python' | 'launch';

/** The sections in which people find settings. */
export type SettingGroup =
  | 'connection'
  | 'security'
  | 'scripts'
  | 'python'
  | 'packages'
  | 'log'
  | 'privacy'
  | 'general';

export interface Setting<Value = unknown> {
  readonly kind: Kind;
  readonly default: Value;
  readonly group: SettingGroup;
  readonly label: string;
  /** A sentence or two; the docs and the window show it as it is. */
  readonly help: string;
  readonly applies: Applies;
  /** It has no effect elsewhere, and is shown there only. */
  readonly onlyIn?: 'app';
  /** The meaning of an empty value, where it has one. */
  readonly whenEmpty?: string;
  /** Environment variable; TABPY_* names and meanings are TabPy's (docs/server-config.md of TabPy 2.16). */
  readonly env?: string;
  /** Command-line option, without the dashes. */
  readonly option?: string;
}

export const number = (least: number, most: number, unit = '', isWhole = true): Kind => ({
  kind: 'number',
  least,
  most,
  isWhole,
  unit,
});
export const onOff: Kind = { kind: 'switch' };
export const text = (mostCharacters: number): Kind => ({ kind: 'text', mostCharacters });
/** Longer paths do not exist on any system. */
export const path = (of: 'file' | 'folder'): Kind => ({ kind: 'path', of, mostCharacters: 4_096 });
export const list: Kind = { kind: 'list', mostEntries: 32, mostCharacters: 253 };
export const setting = <Value>(one: Setting<Value>): Setting<Value> => one;

/** Which callers may share a Python interpreter; see runtime/pool-rules.ts. */
export type IsolationSetting = 'caller' | 'address' | 'shared' | 'request';
export type Theme = 'system' | 'light' | 'dark';

/**
 * Why a value is not valid for a kind, as the end of a sentence that begins with the setting's name; null when it is
 * valid.
 */
export function faultIn(kind: Kind, value: unknown): string | null {
  switch (kind.kind) {
    case 'switch':
      return typeof value === 'boolean' ? null : 'must be true or false';
    case 'choice':
      return kind.choices.includes(value as string) ? null : `must be one of ${kind.choices.join(', ')}`;
    case 'text':
    case 'path':
      return typeof value === 'string' && value.length <= kind.mostCharacters
        ? null
        : `must be a text of at most ${kind.mostCharacters} characters`;
    case 'list':
      return Array.isArray(value) &&
        value.length <= kind.mostEntries &&
        value.every((one) => typeof one === 'string' && one !== '' && one.length <= kind.mostCharacters)
        ? null
        : `must be a list of at most ${kind.mostEntries} texts`;
    case 'number':
      return typeof value === 'number' &&
        value >= kind.least &&
        value <= kind.most &&
        (!kind.isWhole || Number.isInteger(value))
        ? null
        : `must be a ${kind.isWhole ? 'whole ' : ''}number from ${kind.least} to ${kind.most}`;
  }
}
