// Interpreters for the program's own use, such as resolving packages: they have no callers. Must not know what is asked.

import { wordsOfEnd } from '../../src-shared/end-reason.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { Resolver } from '../packages/added/plans.ts';
import type { Interpreter, InterpreterLimits } from '../runtime/interpreter.ts';
import type { RequestMeta } from '../runtime/messages.ts';
import type { PythonSupply } from '../runtime/python-supply.ts';

export interface OwnInterpretersDeps {
  readonly python: PythonSupply;
  readonly settings: () => Settings;
  readonly limits: () => InterpreterLimits;
}

export interface OwnInterpreters {
  /** The folder of the image. @throws Refusal while there is none */
  readonly imageDir: () => string;
  /** Unless a folder is named, it has no added packages. */
  readonly start: (addedDir: string | null) => Interpreter;
  /** Rejects with the reason when it cannot answer. */
  readonly ask: (
    interpreter: Interpreter,
    meta: RequestMeta,
    body: Buffer,
  ) => Promise<{ readonly failed: Readonly<Record<string, string>>; readonly body: Buffer }>;
  readonly end: (interpreter: Interpreter) => void;
  /** An interpreter that resolves packages; the code that opens it must close it. */
  readonly openResolver: (signal: AbortSignal) => Promise<Resolver>;
}

export const ANSWER_MS = 120_000;

export function createOwnInterpreters({ python, settings, limits }: OwnInterpretersDeps): OwnInterpreters {
  const own: OwnInterpreters = {
    imageDir() {
      const why = python.whyNoPackages?.() ?? null;
      if (why !== null) throw new Refusal('package-refused', why);
      const found = python.imageDir();
      if (found === null) throw new Refusal('package-refused', 'Python is not ready yet. Start the server first.');
      return found;
    },
    start: (addedDir) => python.startInterpreter(settings(), limits(), addedDir),
    async ask(interpreter, meta, body) {
      const ready = await interpreter.ready;
      if (!('ready' in ready)) throw new Error(`Python did not start (${wordsOfEnd(ready).log})`);
      const outcome = await interpreter.run(meta, body, ANSWER_MS);
      if (outcome.kind === 'ended') throw new Error(`Python ended (${wordsOfEnd(outcome.reason).log})`);
      if (outcome.meta.status !== 200) throw new Error(outcome.meta.error?.text ?? 'Python could not answer');
      return { failed: outcome.meta.failed ?? {}, body: outcome.payload };
    },
    end: (interpreter) => void interpreter.stop({ kind: 'stopped', why: 'it has answered' }),
    async openResolver(signal) {
      own.imageDir();
      const interpreter = own.start(null);
      const close = (): void => own.end(interpreter);
      signal.addEventListener('abort', close, { once: true });
      const answerTo = async (message: unknown): Promise<unknown> =>
        JSON.parse(
          (await own.ask(interpreter, { op: 'resolve' }, Buffer.from(JSON.stringify(message)))).body.toString('utf8'),
        );
      return { ask: answerTo, close };
    },
  };
  return own;
}
