// An interpreter that a zygote forks: carries frames over its socket, and watches what the kernel does not limit. Must
// not know Python, HTTP or the pool.

import type { EndReason } from '../../../src-shared/end-reason.ts';
import type { Interpreter, InterpreterLimits } from '../../runtime/interpreter.ts';
import { createFrameReader, encodeFrame } from '../../runtime/messages.ts';
import type { Frame } from '../../runtime/messages.ts';
import { privateBytes } from '../../runtime/resident-memory.ts';
import { supervise } from '../../runtime/supervision.ts';
import { processFacts } from './process-facts.ts';
import { filesTaken } from './temporary-files.ts';
import type { Fork, Zygote } from './zygote.ts';

/** As much as the built-in engine's /tmp holds. */
const MOST_FILE_BYTES = 256 * 1024 * 1024;
const MOST_FILES = 10_000;
const MOST_THREADS = 128;
// A thread that a script left may write on between two requests; an interpreter with one thread cannot.
const LOOK_BETWEEN_MS = 250;
/** What threads that wait for work never use, and a loop uses soon. */
const MOST_CPU_BETWEEN_SECONDS = 2;
const SMALL_BODY_BYTES = 16 * 1024;

/** Asks for an interpreter. Never throws: errors arrive through `ready` and `ended`. */
export function startNativeInterpreter(zygote: Promise<Zygote>, limits: InterpreterLimits): Interpreter {
  let fork: Fork | null = null;
  let pid: number | undefined;
  let isKilled = false;
  let threads = 1;
  let isAsked = true;
  /** The processor's time when the last answer came; null: not looked at yet. */
  let cpuAtAnswer: number | null = null;
  let isCounting = false;

  const { interpreter, frame, fault, gone } = supervise(
    {
      pid: () => pid,
      send(id, meta, body) {
        const [head, rest] = encodeFrame(id, meta, body, SMALL_BODY_BYTES);
        isAsked = true;
        fork?.socket.write(head);
        if (rest.length > 0) fork?.socket.write(rest);
      },
      kill() {
        isKilled = true;
        // Before it has started, the zygote kills it when it does.
        if (pid === undefined) return finish({ kind: 'stopped', why: 'it was not needed any more' });
        fork?.kill();
      },
      residentBytes() {
        if (pid === undefined) return 0;
        const facts = processFacts(pid);
        threads = facts.threads;
        if (threads > MOST_THREADS) stopFor(`it started more than ${MOST_THREADS} threads`);
        void countFiles(pid);
        if (isAsked) cpuAtAnswer = null;
        else cpuAtAnswer ??= facts.cpuSeconds;
        if (facts.cpuSeconds - (cpuAtAnswer ?? Infinity) > MOST_CPU_BETWEEN_SECONDS)
          stopFor('a thread that it had started ran on after its answer');
        return facts.residentBytes;
      },
      privateBytes: () => (pid === undefined ? Promise.resolve(0) : privateBytes(pid)),
      get runsBetween() {
        return threads > 1;
      },
      lookBetweenMs: LOOK_BETWEEN_MS,
    },
    limits,
  );
  const stopFor = (what: string): void => void interpreter.stop({ kind: 'excess', what });
  const finish = (why: EndReason): void => {
    fork?.socket.destroy();
    gone(why);
  };
  const countFiles = async (of: number): Promise<void> => {
    if (isCounting || fork === null) return;
    isCounting = true;
    const taken = await filesTaken(fork.folder, of, { bytes: MOST_FILE_BYTES, files: MOST_FILES });
    isCounting = false;
    if (taken.bytes > MOST_FILE_BYTES)
      stopFor(`its temporary files took more than ${MOST_FILE_BYTES / 1024 / 1024} MB`);
    else if (taken.files > MOST_FILES) stopFor(`it made more than ${MOST_FILES} temporary files`);
  };

  const heard = (one: Frame): void => {
    isAsked = false;
    frame(one);
  };
  const begin = (from: Zygote): void => {
    if (isKilled) return;
    fork = from.fork(
      { memoryBytes: limits.memoryBytes, fileBytes: MOST_FILE_BYTES },
      {
        started(its) {
          if (isKilled) return fork?.kill();
          pid = its;
        },
        failed: (why) => finish({ kind: 'fault', what: why }),
        ended: (end) => finish({ kind: 'exited', code: end.code, signal: end.signal }),
      },
    );
    fork.socket.on('data', createFrameReader(limits.frameBytes, heard, fault));
    fork.socket.on('error', () => undefined);
    // A script may close its link and run on: without it the interpreter is of no use.
    fork.socket.once('close', () => fork?.kill());
  };
  zygote.then(begin, (error: Error) => finish({ kind: 'fault', what: error.message }));
  return interpreter;
}
