// Fake program for tests of the page: gives the answers that a test sets, checks arguments as the real program does,
// and records calls. Must not imitate the service: a test announces the effect of a call itself.

import type { About } from '../../src-shared/about.ts';
import { argumentsOf, CALL_NAMES, CallError } from '../../src-shared/ipc.ts';
import type { Bridge, CallAnswer, CallArguments, CallName, PageEvent, Reply, Snapshot } from '../../src-shared/ipc.ts';

export interface FakeBridge {
  readonly bridge: Bridge;
  /** Every call so far in order, except those that only read. */
  readonly asked: readonly Asked[];
  readonly emit: (event: PageEvent) => void;
  /** Sets the answer of a call from now on. A thrown CallError reaches the page as a real one does. */
  readonly answer: <Name extends CallName>(
    name: Name,
    how: (...values: CallArguments<Name>) => CallAnswer<Name>,
  ) => void;
}

export interface Asked {
  readonly name: CallName;
  readonly values: readonly unknown[];
}

const LOOKS: ReadonlySet<CallName> = new Set([
  'snapshot',
  'requestDetail',
  'functionDetail',
  'versionSource',
  'checkSource',
  'completeSource',
  'lookIntoExport',
  'users',
  'findPythons',
  'about',
]);

type Answerer = (...values: readonly unknown[]) => unknown;

/** By default calls answer null, a port is free, and changed settings are kept and announced. */
export function createFakeBridge(snapshot: Snapshot): FakeBridge {
  const listeners = new Set<(event: PageEvent) => void>();
  const asked: Asked[] = [];
  let { settings } = snapshot;
  const emit = (event: PageEvent): void => {
    for (const listener of listeners) listener(event);
  };

  const answerers = new Map<CallName, Answerer>([
    ['snapshot', () => ({ ...snapshot, settings })],
    ['stopScripts', () => 1],
    ['selfTest', () => []],
    ['sampleWorkbook', () => 'UEsDBA=='],
    ['about', () => aboutOf(snapshot)],
    ['checkPort', () => ({ kind: 'free' })],
    ['checkSource', () => ({ functions: [], problems: [] })],
    ['completeSource', () => []],
    ['findPythons', () => []],
    ['users', () => ({ file: `${snapshot.program.dataDir}/users.txt`, names: [], fault: null })],
    [
      'changeSettings',
      (changes) => {
        settings = { ...settings, ...(changes as object) };
        emit({ name: 'settings', value: settings });
        return settings;
      },
    ],
  ]);

  const call = (name: string, values: readonly unknown[]): Reply<unknown> => {
    try {
      if (!isCallName(name)) throw new CallError('unknown-call', `there is no call ${name}`);
      const checked = argumentsOf(name, values);
      if (!LOOKS.has(name)) asked.push({ name, values: checked });
      return { ok: true, answer: answerers.get(name)?.(...checked) ?? null };
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      return { ok: false, code: error.code, message: error.message };
    }
  };

  return {
    asked,
    emit,
    answer(name, how) {
      // Its arguments were checked against the same table that types `how`.
      answerers.set(name, how as unknown as Answerer);
    },
    bridge: {
      call: (name, values) => Promise.resolve(call(name, values)),
      onEvent(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
}

function aboutOf({ program, packages }: Snapshot): About {
  return {
    version: program.version,
    python: program.python,
    pyodide: '314.0.4',
    packages: packages.bundled.map((one) => ({ ...one, licence: 'BSD-3-Clause' })),
    dataDir: program.dataDir,
    licences: {
      kind: 'text',
      place: '/opt/TabPy Tray/resources/licences',
      text: 'koa 3.3.0\nLicence: MIT\n'.repeat(40),
    },
    issues: null,
  };
}

function isCallName(name: string): name is CallName {
  return (CALL_NAMES as readonly string[]).includes(name);
}
