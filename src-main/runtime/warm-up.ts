// Warms an interpreter up: it answers requests of the program's own before the first caller's. Must not know the pool.

import type { Interpreter, Outcome } from './interpreter.ts';
import type { RequestMeta } from './messages.ts';

const LIMIT_MS = 30_000;
const NOTHING = Buffer.alloc(0);

const script = (text: string): readonly [RequestMeta, Buffer] => [
  { op: 'evaluate', timeoutSeconds: LIMIT_MS / 1000 },
  Buffer.from(JSON.stringify({ data: { _arg1: [1.5, 2, null], _arg2: ['a', 'b', 'c'] }, script: text })),
];

/**
 * The code paths of nearly every script: numbers, text, a null, a list built and written, an error reported, numpy
 * where it is installed, a function that is called, a replica brought up to date.
 */
const REQUESTS: readonly (readonly [RequestMeta, Buffer])[] = [
  script('return [x for x in _arg1]'),
  script('import numpy as np\nreturn np.array(_arg1[:2]).mean()'),
  script('return [f"{y} {x * 2}" for x, y in zip(_arg1, _arg2)]'),
  script("return tabpy.query('', _arg1)['response']"),
  [{ op: 'query', name: '' }, Buffer.from('{"data": {"x": [1, 2.5]}}')],
  [{ op: 'sync', revision: -1, put: [], remove: [] }, NOTHING],
  script('return [x for x in _arg1]'),
];

/**
 * The interpreter, ready only once it has answered. WebAssembly is compiled when it first runs: in an interpreter fresh
 * from its image the first small request takes some 30 ms. Warmed with that request alone, the next script still takes
 * four times as long as the script after it. A spare has the time for that.
 */
export function warmedUp(interpreter: Interpreter): Interpreter {
  const ready = interpreter.ready.then(async (answer) => {
    if (!('ready' in answer)) return answer;
    for (const [meta, body] of REQUESTS) {
      const outcome: Outcome = await interpreter.run(meta, body, LIMIT_MS);
      if (outcome.kind === 'ended') return outcome.reason;
    }
    return answer;
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
    privateBytes: () => interpreter.privateBytes(),
    stop: (reason) => interpreter.stop(reason),
  };
}
