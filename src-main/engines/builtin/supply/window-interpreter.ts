// An interpreter in a hidden, sandboxed window, as the runtime sees it. Must not know Electron: the window is handed
// in.

import { types } from 'node:util';
import type { EndReason } from '../../../../src-shared/end-reason.ts';
import type { Interpreter, InterpreterLimits } from '../../../runtime/interpreter.ts';
import { decodeFrame, encodeFrame } from '../../../runtime/messages.ts';
import { supervise } from '../../../runtime/supervision.ts';

/** The window and its one port. */
export interface InterpreterWindow {
  /** undefined until its page is there. */
  pid(): number | undefined;
  /** Posts a copy of these bytes; they are all that their buffer holds. */
  post(frame: Uint8Array<ArrayBuffer>): void;
  residentBytes(): number;
  /** Kills the process and takes the window away; `gone` follows. */
  kill(): void;
  /** It has booted: from now on it gets only frames. */
  seal(): void;
}

/** The events of a window; they may come from the moment it is opened. */
export interface InterpreterWindowEvents {
  /** A message came through the port, from a process that must not be trusted. */
  readonly message: (data: unknown) => void;
  readonly gone: (why: EndReason) => void;
}

export interface WindowInterpreterStart {
  readonly open: (events: InterpreterWindowEvents) => InterpreterWindow;
  readonly limits: InterpreterLimits;
  /** Python did not start from the image's snapshot, or its files. */
  readonly onBootFailed: (why: string) => void;
}

/** Opens a window. Never throws: errors arrive through `ready` and `ended`. */
export function startWindowInterpreter({ open, limits, onBootFailed }: WindowInterpreterStart): Interpreter {
  const take = (data: unknown): void => {
    if (!types.isArrayBuffer(data)) return complain(data);
    if (data.byteLength > limits.frameBytes) return supervision.fault(`a frame of ${data.byteLength} bytes`);
    const frame = decodeFrame(Buffer.from(data));
    if (!frame) return supervision.fault('a message that is no frame');
    supervision.frame(frame);
  };
  const complain = (said: unknown): void => {
    const why = said === 'threw' || said === 'nonsense' ? said : bootFailureOf(said);
    if (why !== said && why !== null) onBootFailed(why);
    supervision.fault(why === null ? 'a message that is no frame' : `Python ended: ${why}`);
  };
  const supervision = supervise(
    {
      pid: () => window.pid(),
      send(id, meta, body) {
        const [head, rest] = encodeFrame(id, meta, body);
        // A buffer of its own: the whole buffer is posted, and Node's pool holds other callers' bytes.
        const frame = new Uint8Array(head.length + rest.length);
        frame.set(head);
        frame.set(rest, head.length);
        window.post(frame);
      },
      kill: () => window.kill(),
      residentBytes: () => window.residentBytes(),
      runsBetween: true,
      // A window shares little memory, and no system tells how much.
      privateBytes: () => Promise.resolve(window.residentBytes()),
    },
    limits,
  );
  const window = open({ message: take, gone: supervision.gone });
  void supervision.interpreter.ready.then((answer) => {
    if ('ready' in answer) window.seal();
  });
  return supervision.interpreter;
}

function bootFailureOf(said: unknown): string | null {
  const { bootFailed } = (typeof said === 'object' && said !== null ? said : {}) as { bootFailed?: unknown };
  return typeof bootFailed === 'string' ? bootFailed.slice(0, 2_000) : null;
}
