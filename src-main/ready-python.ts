// Python from an image that is there already, as the tray app has it. Must not know how an interpreter is started.

import type { Settings } from '../src-shared/settings.ts';
import type { PythonSupply } from './compose.ts';
import { checkReadyImage } from './ready-image.ts';
import type { ReadyImage } from './ready-image.ts';
import type { Interpreter, InterpreterLimits } from './runtime/interpreter.ts';

export interface ReadyPythonDeps {
  /** @throws Error when there is none */
  readonly image: () => ReadyImage;
  /** Whether the system's sandbox is around what is started. An AppImage switches it off by itself where it cannot be made. */
  readonly isSandboxed: () => boolean;
  /** Starts one interpreter from an image's folder. */
  readonly start: (imageDir: string, settings: Settings, limits: InterpreterLimits) => Interpreter;
}

const NO_SANDBOX =
  "Python runs only in the system's sandbox, and this start of the program is without it (--no-sandbox). " +
  'On Linux that happens where a program may not make namespaces: install the .deb package, which sets it up.';

/** Checks every file of the image before the first start. */
export function createReadyPython({ image, isSandboxed, start }: ReadyPythonDeps): PythonSupply {
  let imageDir: string | null = null;
  return {
    async prepare(tell) {
      if (!isSandboxed()) throw new Error(NO_SANDBOX);
      if (imageDir !== null) return;
      tell({ text: 'Checking Python…', fraction: null });
      imageDir = await checkReadyImage(image());
    },
    startInterpreter(settings, limits) {
      if (imageDir === null) throw new Error('Python is not prepared yet');
      return start(imageDir, settings, limits);
    },
  };
}
