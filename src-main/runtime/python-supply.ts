// How Python comes to this computer, as the runtime sees it. Must not know any engine.

import type { Step } from '../../src-shared/service-state.ts';
import type { Settings } from '../../src-shared/settings.ts';
import type { Interpreter, InterpreterLimits } from './interpreter.ts';

/** How Python comes to be here: a process of Node (headless), a hidden window (tray app). */
export interface PythonSupply {
  /** Puts in place what interpreters start from; minutes the first time, at once afterwards. Rejects with why it cannot. */
  prepare(tell: (step: Step) => void): Promise<void>;
  /** Tells when there is another image to start from, because the one that was started from is damaged. */
  onReplaced?(listener: () => void): void;
  /** The folder of the image that interpreters start from; null before `prepare`. */
  imageDir(): string | null;
  /** Starts one, with the added packages of a folder where one is given; only after `prepare`. */
  startInterpreter(settings: Settings, limits: InterpreterLimits, addedDir: string | null): Interpreter;
}
