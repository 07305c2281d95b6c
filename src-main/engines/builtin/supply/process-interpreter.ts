// An interpreter in a process of its own: starts it and carries frames over its pipes. Must not know Python, HTTP or
// the pool.

import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { EndReason } from '../../../../src-shared/end-reason.ts';
import type { Interpreter, InterpreterLimits } from '../../../runtime/interpreter.ts';
import { createFrameReader, encodeFrame } from '../../../runtime/messages.ts';
import { supervise } from '../../../runtime/supervision.ts';

/**
 * How to start the process; fd 3 carries requests to it, fd 4 its answers. fd 5 stays open as long as this process
 * lives, and carries a line once the interpreter has ended.
 */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** How much memory a process holds, in bytes; 0 where the system does not tell. */
export interface ProcessMemory {
  readonly residentBytes: (pid: number) => number;
  readonly privateBytes: (pid: number) => Promise<number>;
}

// Below this size one write is cheaper than two: a copy of 16 kB costs less than a system call.
const SMALL_BODY_BYTES = 16 * 1024;

/** Starts a process. Never throws: errors arrive through `ready` and `ended`. */
export function startProcessInterpreter(launch: Launch, limits: InterpreterLimits, memory: ProcessMemory): Interpreter {
  const child = spawn(launch.command, launch.args, {
    env: launch.env,
    cwd: launch.cwd,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // A Ctrl-C in the terminal is only for the server, which lets running requests finish.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  // Without free file descriptors Node makes no pipes at all; the event 'error' reports it.
  const stdio = child.stdio as readonly unknown[] | undefined;
  const requests = (stdio?.[3] ?? null) as Writable | null;
  const answers = (stdio?.[4] ?? null) as Readable | null;
  const tether = (stdio?.[5] ?? null) as Writable | null;

  const { interpreter, frame, fault, gone } = supervise(
    {
      pid: () => child.pid,
      send(id, meta, body) {
        const [head, rest] = encodeFrame(id, meta, body, SMALL_BODY_BYTES);
        requests?.write(head);
        if (rest.length > 0) requests?.write(rest);
      },
      // SIGKILL, because numpy, sleep and `except BaseException` ignore every softer signal.
      kill: () => void child.kill('SIGKILL'),
      residentBytes: () => (child.pid === undefined ? 0 : memory.residentBytes(child.pid)),
      privateBytes: () => (child.pid === undefined ? Promise.resolve(0) : memory.privateBytes(child.pid)),
    },
    limits,
  );
  const finish = (why: EndReason): void => {
    tether?.end('\n', () => tether.destroy());
    gone(why);
  };
  child.on('error', (error) => finish({ kind: 'fault', what: error.message }));
  child.once('exit', (code, signal) => finish({ kind: 'exited', code, signal }));
  answers?.on('data', createFrameReader(limits.frameBytes, frame, fault));
  // A pipe breaks when the process dies; the event 'exit' reports it.
  answers?.on('error', () => undefined);
  requests?.on('error', () => undefined);
  tether?.on('error', () => undefined);
  return interpreter;
}
