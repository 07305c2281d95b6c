// The tests in parts, by what each needs. A file's name says its part: NAME.server.test.ts; NAME.test.ts is a unit test.

import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** What needs more than this process: a port, another program or a process of its own; Python; a browser; the whole program. */
const PARTS = ['server', 'python', 'browser', 'end-to-end'] as const;

/** Electron's binary is in no test; its names are, over a real Chromium. */
const STAND_IN = {
  alias: { electron: path.resolve(import.meta.dirname, 'test/electron/stand-in/electron.ts') },
};

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        resolve: STAND_IN,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: PARTS.map((part) => `test/**/*.${part}.test.ts`),
          isolate: false,
          testTimeout: 20_000,
        },
      },
      ...PARTS.map((part) => ({
        extends: true as const,
        resolve: STAND_IN,
        test: {
          name: part,
          include: [`test/**/*.${part}.test.ts`],
          // Time-outs and kills are tested against real processes: on two cores, a file beside it would be measured too.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 240_000,
        },
      })),
    ],
  },
});
