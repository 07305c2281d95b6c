// An interpreter in a hidden window of a real Chromium, for tests of one file. Must not know the server.

import path from 'node:path';
import { app, BrowserWindow, protocol } from 'electron';
import { readManifest } from '../../../src-main/engines/builtin/image/manifest.ts';
import { webImageOf } from '../../../src-main/engines/builtin/supply/web-image.ts';
import type { Interpreter, InterpreterLimits, Outcome } from '../../../src-main/runtime/interpreter.ts';
import { startWindowInterpreter } from '../../../src-main/engines/builtin/supply/window-interpreter.ts';
import { INTERPRETER_PRIVILEGES, openInterpreterWindow } from '../../../src-main/shell/interpreter-window.ts';
import { sharedImage } from '../../engines/builtin/support/shared-image.ts';

const LIMITS: InterpreterLimits = { bootMs: 100_000, memoryBytes: 1.5e9, frameBytes: 64 << 20 };

export interface OpenedInterpreter {
  readonly interpreter: Interpreter;
  readonly window: BrowserWindow;
  evaluate(script: string, data?: object, deadlineMs?: number | null): Promise<Outcome>;
  /** What a script returned. @throws Error when it did not */
  valueOf(script: string, data?: object): Promise<unknown>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly imageDir?: string;
  readonly limits?: Partial<InterpreterLimits>;
  readonly isPlain?: boolean;
  readonly maxResultBytes?: number;
  /** The folder of added packages. */
  readonly addedDir?: string | null;
}

/** Call it once, before the app is ready. */
export function prepareApp(): Promise<void> {
  protocol.registerSchemesAsPrivileged([INTERPRETER_PRIVILEGES]);
  // Or the program would end with its last window.
  app.on('window-all-closed', () => undefined);
  return app.whenReady();
}

/** The best image that can be made here. */
export async function anImage(): Promise<string> {
  return ((await sharedImage('core')) ?? (await sharedImage('bare')))!.dir;
}

export function openInterpreter({
  imageDir = '',
  limits = {},
  isPlain = false,
  maxResultBytes = 32 << 20,
  addedDir = null,
}: OpenOptions): OpenedInterpreter {
  const { hasSnapshot, preimport, files } = readManifest(imageDir);
  const content = webImageOf({
    imageDir,
    hasSnapshot: hasSnapshot && !isPlain,
    preimport,
    files,
    maxResultBytes,
    added: addedDir === null ? null : { dir: addedDir, files: readManifest(addedDir).files },
  });
  const preload = path.join(import.meta.dirname, '../../../src-main/preloads/interpreter-preload.ts');
  const interpreter = startWindowInterpreter({
    open: (events) => openInterpreterWindow({ content, preload }, events),
    limits: { ...LIMITS, ...limits },
    onBootFailed: (why) => console.warn(why),
  });
  const window = BrowserWindow.getAllWindows().at(-1)!;
  const evaluate: OpenedInterpreter['evaluate'] = (script, data = {}, deadlineMs = 60_000) =>
    interpreter.run({ op: 'evaluate', timeoutSeconds: 60 }, Buffer.from(JSON.stringify({ data, script })), deadlineMs);
  return {
    interpreter,
    window,
    evaluate,
    async valueOf(script, data) {
      const outcome = await evaluate(script, data);
      if (outcome.kind === 'ended') throw new Error(JSON.stringify(outcome.reason));
      const text = outcome.payload.toString('utf8', 0, outcome.meta.bodyBytes);
      if (outcome.meta.status !== 200) throw new Error(text);
      return JSON.parse(text) as unknown;
    },
    async close() {
      await interpreter.stop({ kind: 'stopped', why: 'the test is over' });
    },
  };
}
