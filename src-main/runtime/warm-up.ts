// Has an interpreter answer one request of ours before the first of a caller. Must not know the pool.

import type { Interpreter } from './interpreter.ts';

// Numbers, text, a null, a list built and written: the paths of nearly every script.
const BODY = Buffer.from(
  '{"data": {"_arg1": [1.5, 2, null], "_arg2": ["a", "b", "c"]}, "script": "return [x for x in _arg1]"}',
);
const LIMIT_MS = 30_000;

/**
 * The interpreter, ready only once it has answered. WebAssembly is compiled when it first runs: in an interpreter fresh
 * from its image the first small request takes some 30 ms, the second under one. A spare has the time for that.
 */
export function warmedUp(interpreter: Interpreter): Interpreter {
  const ready = interpreter.ready.then(async (answer) => {
    if (!('ready' in answer)) return answer;
    const outcome = await interpreter.run({ op: 'evaluate', timeoutSeconds: LIMIT_MS / 1000 }, BODY, LIMIT_MS);
    return outcome.kind === 'ended' ? outcome.reason : answer;
  });
  return {
    get pid() {
      return interpreter.pid;
    },
    ready,
    ended: interpreter.ended,
    get isAlive() {
      return interpreter.isAlive;
    },
    run: (meta, body, deadlineMs) => interpreter.run(meta, body, deadlineMs),
    stop: (reason) => interpreter.stop(reason),
  };
}
