// Where the value of a setting comes from: what the page and commands say beside it. Must not know how it was read.

import type { SettingName } from './settings.ts';

/** Where a value was given at the start of the program; `place` names it, such as `--port` or `TABPY_PORT`. */
export interface StartPlace {
  readonly kind: 'line' | 'environment' | 'config';
  readonly place: string;
}

export type SettingSource =
  /** settings.json: somebody changed it in the window. */
  | { readonly kind: 'file' }
  /** It was given at the start and applies now. */
  | { readonly kind: 'start'; readonly start: StartPlace }
  /** It was changed in the window; at the next start, the given value applies again. */
  | { readonly kind: 'until-end'; readonly start: StartPlace }
  /** TabPy's state.ini, which overrides the setting. */
  | { readonly kind: 'state'; readonly file: string; readonly value: string };

/** Settings that are not named have their default. */
export type SettingSources = Readonly<Partial<Record<SettingName, SettingSource>>>;
