// Lets a program that imports `electron` run without it: `node --import ./test/electron/stand-in/register.ts src-main/entries/app.ts`.

import { registerHooks } from 'node:module';

const standIn = new URL('./electron.ts', import.meta.url).href;
const NAMES = new Set(['electron', 'electron/main', 'electron/common']);

registerHooks({
  resolve: (specifier, context, next) =>
    NAMES.has(specifier) ? { url: standIn, format: 'module-typescript', shortCircuit: true } : next(specifier, context),
});
