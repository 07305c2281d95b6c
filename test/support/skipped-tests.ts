// Which tests of a run were skipped, and whether that is right. Pure. A machine without Chromium skips what needs it; a machine
// that is there to run everything (TABPY_TRAY_ALL_TESTS=1, as in CI) must not.

/** The part of vitest's JSON report that is read. */
export interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

export interface Skip {
  readonly file: string;
  readonly test: string;
  /** Why that is right also where everything must run; null: it is not. */
  readonly why: string | null;
}

interface Excuse {
  /** The end of the file's path, and a part of the test's name. */
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
];

/** Skipped tests, in the order of the report. */
export function skippedIn({ testResults }: Report): Skip[] {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => ({ file: name, test: fullName, why: excuseOf(name, fullName) })),
  );
}

function excuseOf(file: string, test: string): string | null {
  const found = EXCUSES.find((one) => file.replaceAll('\\', '/').endsWith(one.file) && test.includes(one.test));
  return found?.why ?? null;
}
