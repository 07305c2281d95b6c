// Which tests of a run were skipped, of vitest and of pytest, and whether that is right. Pure. A machine without Chromium skips
// what needs it; a machine that is there to run everything (TABPY_TRAY_ALL_TESTS=1, as in CI) must not.

/** The part of vitest's JSON report that is read. */
export interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

export interface Skip {
  readonly file: string;
  /** The test's name; of pytest, which does not tell it, the reason that the test gives. */
  readonly test: string;
  /** Why that is right also where everything must run; null: it is not. */
  readonly why: string | null;
}

interface Excuse {
  /** The end of the file's path, and a part of what `test` of a skip says. */
  readonly file: string;
  readonly test: string;
  readonly why: string;
}

const EXCUSES: readonly Excuse[] = [
  {
    file: 'electron/real-electron.end-to-end.test.ts',
    test: '',
    why: "needs Electron's own program (npm run test:electron)",
  },
  { file: 'script-files/scan.test.ts', test: 'cannot be read', why: 'root may read any folder' },
  { file: 'listening/listen.server.test.ts', test: 'both addresses', why: 'needs IPv6' },
  { file: 'journeys/walls-in-words.end-to-end.test.ts', test: 'own address', why: 'needs an address besides loopback' },
  { file: 'conformance/shared-cases.test.ts', test: '', why: 'needs the shared folder that new cases come from' },
  { file: 'attacks/shared-attacks.test.ts', test: '', why: 'needs the shared folder that new attacks come from' },
  { file: 'python/test_source_tools.py', test: 'where in an f-string', why: 'needs Python 3.12' },
];

/** Skipped tests of vitest, in the order of the report. */
export function skippedIn({ testResults }: Report): Skip[] {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => ({ file: name, test: fullName, why: excuseOf(name, fullName) })),
  );
}

/** Skipped tests of pytest, from what it prints with `-rs`. */
export function skippedInPytest(output: string): Skip[] {
  const lines = output.matchAll(/^SKIPPED \[(\d+)\] (.+?\.py)(?::\d+)?: (.*)$/gm);
  const named = [...lines].flatMap(([, times, file, reason]) =>
    Array.from({ length: Number(times) }, () => ({ file: file!, test: reason!, why: excuseOf(file!, reason!) })),
  );
  const total = Number(/\b(\d+) skipped\b/.exec(output)?.[1] ?? 0);
  // What is counted and not named may be anything.
  const unnamed = Array.from({ length: total - named.length }, () => ({
    file: 'pytest',
    test: 'not named',
    why: null,
  }));
  return [...named, ...unnamed];
}

function excuseOf(file: string, test: string): string | null {
  const found = EXCUSES.find((one) => file.replaceAll('\\', '/').endsWith(one.file) && test.includes(one.test));
  return found?.why ?? null;
}
