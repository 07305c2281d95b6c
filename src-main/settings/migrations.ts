// How settings files of older versions become today's: a step for each version that renamed or changed a setting.
// conf runs the steps between the version that wrote the file and this one. Must not know today's values.

import type { Options } from 'conf';

/** Nothing was renamed yet. A step looks like `'0.2.0': (store) => store.set('port', …)`. */
export const MIGRATIONS: NonNullable<Options<Record<string, unknown>>['migrations']> = {};
