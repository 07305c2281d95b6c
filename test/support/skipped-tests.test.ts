import { describe, expect, it } from 'vitest';
import { skippedIn, skippedInPytest } from './skipped-tests.ts';

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

describe('skipped tests of pytest', () => {
  const summary = [
    '.....s.ss    [100%]',
    '=========================== short test summary info ============================',
    'SKIPPED [1] test/python/test_source_tools.py:201: older Pythons do not say where in an f-string',
    "SKIPPED [2] test/python/test_models.py:19: could not import 'sklearn': No module named 'sklearn'",
  ];

  it('are found with the reason that they give', () => {
    const sklearn = "could not import 'sklearn': No module named 'sklearn'";
    expect(skippedInPytest([...summary, '9 passed, 3 skipped in 28.61s'].join('\n'))).toEqual([
      {
        file: 'test/python/test_source_tools.py',
        test: 'older Pythons do not say where in an f-string',
        why: 'needs Python 3.12',
      },
      { file: 'test/python/test_models.py', test: sklearn, why: null },
      { file: 'test/python/test_models.py', test: sklearn, why: null },
    ]);
  });

  it('that are counted and not named have no excuse', () => {
    expect(skippedInPytest('9 passed, 1 skipped in 28.61s')).toEqual([
      { file: 'pytest', test: 'not named', why: null },
    ]);
    expect(skippedInPytest([...summary, '9 passed, 4 skipped in 1s'].join('\n'))).toHaveLength(4);
  });

  it('are none when all ran', () => {
    expect(skippedInPytest('10 passed in 28.61s')).toEqual([]);
  });
});
