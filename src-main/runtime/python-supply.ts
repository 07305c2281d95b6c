// Interface of an engine, as the runtime sees it: how Python gets ready on this computer. Must not know any engine.

import type { Step } from '../../src-shared/service-state.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { Interpreter, InterpreterLimits } from './interpreter.ts';

/** How Python gets ready here: in Node processes (headless), or in hidden windows (tray app). */
export interface PythonSupply {
  /**
   * Prepares what interpreters start from: takes minutes the first time, nothing afterwards. Rejects with the reason.
   */
  prepare(tell: (step: Step) => void, settings: Settings): Promise<void>;
  /** Called when there is another image to start from, because the image in use is damaged. */
  onReplaced?(listener: () => void): void;
  /** The folder of the image that interpreters start from; null before `prepare`, and where there are no images. */
  imageDir(): string | null;
  /** Whether interpreters have run what most scripts use before they start; otherwise they are warmed up. */
  startsWarm?(): boolean;
  /** The path of the Python of the user's that runs; null for the built-in one. */
  runningProgram?(): string | null;
  /** Why packages cannot be added, as a sentence; null where they can be. */
  whyNoPackages?(): string | null;
  /** Starts an interpreter, with the added packages of a folder where one is given; only after `prepare`. */
  startInterpreter(settings: Settings, limits: InterpreterLimits, addedDir: string | null): Interpreter;
}
