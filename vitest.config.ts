import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Electron's binary is in no test; its names are, over a real Chromium.
  resolve: { alias: { electron: path.resolve(import.meta.dirname, 'test/electron/stand-in/electron.ts') } },
  test: {
    include: ['test/**/*.test.ts'],
    // Time-outs and kills are tested against a real server: on two cores, another file beside it would be measured too.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 240_000,
  },
});
