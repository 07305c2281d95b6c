// Looks into a Python: runs it once, isolated, and reads what it tells of itself. A path that is no usable Python gets a
// sentence that says why. Must not know the list of environments.

import { access, constants, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { assertNever } from '../../src-shared/assert-never.ts';
import type { PackageVersion } from '../../src-shared/package.ts';
import { runBounded } from './bounded-run.ts';
import type { RunEnd } from './bounded-run.ts';
import { pythonIn } from './python-path.ts';

export interface PythonFacts {
  readonly python: string;
  readonly version: string;
  readonly machine: string;
  readonly prefix: string;
  readonly basePrefix: string;
  readonly packages: readonly PackageVersion[];
  /** What to know about it; null: nothing. */
  readonly note: string | null;
}

export type PythonLook =
  | { readonly kind: 'python'; readonly facts: PythonFacts }
  /** `text`: why it cannot be used, and what to do, in sentences. */
  | { readonly kind: 'fault'; readonly text: string };

export interface LookOptions {
  readonly platform?: NodeJS.Platform;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export const OLDEST_MINOR = 11;
export const NEWEST_MINOR = 14;
const RANGE = `Python 3.${OLDEST_MINOR} to 3.${NEWEST_MINOR}`;
/** A Python on a network drive takes seconds. */
const TIMEOUT_MS = 20_000;
const MOST_BYTES = 4_000_000;

const text = v.pipe(v.string(), v.maxLength(4_096));
const answer = v.object({
  tabpyTray: v.literal(1),
  python: text,
  version: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/)),
  implementation: text,
  machine: text,
  prefix: text,
  basePrefix: text,
  packages: v.array(v.object({ name: text, version: text })),
});
type Answer = v.InferOutput<typeof answer>;

/** @param given the full path of an executable, or of the folder of an environment */
export async function lookInto(given: string, options: LookOptions = {}): Promise<PythonLook> {
  const { platform = process.platform } = options;
  if (!path.isAbsolute(given))
    return fault(`'${given}' is not a full path. Name the whole path of a Python or of its folder.`);
  const found = await stat(given).catch(() => null);
  if (found === null) return fault(`${given} does not exist. Check the path.`);
  if (!found.isDirectory() && !found.isFile()) return fault(`${given} is neither a file nor a folder.`);
  const python = found.isDirectory() ? await pythonIn(given, platform) : given;
  if (python === null)
    return fault(
      `The folder ${given} contains no Python. Name the folder of an environment, or the path of its Python.`,
    );
  if (!(await isExecutable(python)))
    return fault(`${python} is not executable. Check its permissions, or name another file.`);
  return judged(await run(python, options), python);
}

type Ran = { readonly kind: 'answer'; readonly answer: Answer } | { readonly kind: 'failed'; readonly text: string };

async function run(python: string, { timeoutMs = TIMEOUT_MS, signal }: LookOptions): Promise<Ran> {
  const source = await readFile(path.join(import.meta.dirname, 'look_into.py'), 'utf8');
  const end = await runBounded(python, ['-I', '-S', '-c', source], {
    env: emptyEnvironment(process.env),
    cwd: path.dirname(python),
    timeoutMs,
    signal: signal ?? null,
    mostBytes: MOST_BYTES,
  });
  return end.kind === 'ended' && end.code === 0
    ? readAnswer(end.out, python)
    : { kind: 'failed', text: whyFailed(end, python, timeoutMs) };
}

/** Windows starts no program without these. */
function emptyEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept = ['SYSTEMROOT', 'SystemRoot', 'TEMP', 'TMP'];
  return process.platform === 'win32'
    ? Object.fromEntries(kept.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])))
    : {};
}

function readAnswer(said: string, python: string): Ran {
  let value: unknown;
  try {
    value = JSON.parse(said);
  } catch {
    value = null;
  }
  const parsed = v.safeParse(answer, value, { abortEarly: true });
  if (parsed.success) return { kind: 'answer', answer: parsed.output };
  return { kind: 'failed', text: `${python} is not a Python: it does not answer as one.` };
}

function whyFailed(end: RunEnd, python: string, timeoutMs: number): string {
  switch (end.kind) {
    case 'aborted':
      return `Looking into ${python} was cancelled.`;
    case 'too-much':
      return `${python} is not a Python: it prints without end.`;
    case 'timed-out':
      return `${python} did not answer within ${timeoutMs / 1000} s. Start it in a terminal to see why.`;
    case 'not-started':
      return `${python} cannot be started (${end.code}). It may be for another kind of computer, or not a program.`;
    case 'ended':
      return whyEnded(end, python);
    default:
      return assertNever(end);
  }
}

function whyEnded({ code, signal, err }: Extract<RunEnd, { kind: 'ended' }>, python: string): string {
  if (/^Unknown option: -I/m.test(err)) return `${python} is Python 2, which is too old. ${RANGE} can be used.`;
  const last = (err.trim().split('\n').at(-1) ?? '').trim().slice(0, 300);
  const how = `${signal ? `was ended by ${signal}` : `ended with exit code ${code}`}${last === '' ? '' : ` (${last})`}`;
  // So begins what Python says of its own faults, such as a library that it cannot find.
  const isPython = /^(?:Traceback |Fatal Python error|Could not find platform)/m.test(err);
  return isPython || signal
    ? `The Python ${python} crashes when it starts: it ${how}. Repair it or install it again.`
    : `${python} is not a Python: it ${how}.`;
}

/** Whether a Python that answered can be used. */
function judged(ran: Ran, given: string): PythonLook {
  if (ran.kind === 'failed') return fault(ran.text);
  const { implementation, version, machine, prefix, basePrefix, packages } = ran.answer;
  if (implementation !== 'CPython')
    return fault(`${given} is ${implementation} ${version}. Only CPython, the usual Python, can be used.`);
  const [major, minor] = version.split('.').map(Number) as [number, number];
  if (major < 3 || (major === 3 && minor < OLDEST_MINOR))
    return fault(`${given} is Python ${version}, which is too old. ${RANGE} can be used.`);
  const isNew = major > 3 || minor > NEWEST_MINOR;
  const note = isNew
    ? `Python ${version} is newer than 3.${NEWEST_MINOR} and was not tested with this version of TabPy Tray. Scripts may fail.`
    : null;
  // A starter such as pyenv's names the real Python.
  const python = path.isAbsolute(ran.answer.python) ? ran.answer.python : given;
  return { kind: 'python', facts: { python, version, machine, prefix, basePrefix, packages, note } };
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function fault(text: string): PythonLook {
  return { kind: 'fault', text };
}
