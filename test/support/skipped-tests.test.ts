import { describe, expect, it } from 'vitest';
import { skippedIn } from './skipped-tests.ts';

const result = (name: string, ...tests: readonly (readonly [status: string, fullName: string])[]) => ({
  name,
  assertionResults: tests.map(([status, fullName]) => ({ status, fullName })),
});

describe('skipped tests', () => {
  it('are all found, with why that is right where it is', () => {
    const skips = skippedIn({
      testResults: [
        result('/p/test/renderer/page.browser.test.ts', ['skipped', 'the page opens'], ['passed', 'x']),
        result('/p/test/electron/real-electron.end-to-end.test.ts', ['pending', 'the tray app starts']),
        result('/p/test/script-files/scan.test.ts', ['skipped', 'a folder that cannot be read'], ['todo', 'other']),
        result('/p/test/runtime/pool.test.ts', ['passed', 'a'], ['failed', 'b']),
      ],
    });
    expect(skips).toEqual([
      { file: '/p/test/renderer/page.browser.test.ts', test: 'the page opens', why: null },
      {
        file: '/p/test/electron/real-electron.end-to-end.test.ts',
        test: 'the tray app starts',
        why: "needs Electron's own program (npm run test:electron)",
      },
      {
        file: '/p/test/script-files/scan.test.ts',
        test: 'a folder that cannot be read',
        why: 'root may read any folder',
      },
      { file: '/p/test/script-files/scan.test.ts', test: 'other', why: null },
    ]);
  });
});
