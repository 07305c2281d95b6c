// Python from an image that exists already, as the tray app uses it. Must not know how an interpreter is started.

import type { Settings } from '../../../../src-shared/settings.ts';
import type { PythonSupply } from '../../../runtime/python-supply.ts';
import { checkReadyImage } from './ready-image.ts';
import type { ReadyImage } from './ready-image.ts';
import type { Interpreter, InterpreterLimits } from '../../../runtime/interpreter.ts';

export interface ReadyPythonDeps {
  /** @throws Error when there is none */
  readonly image: () => ReadyImage;
  /** Why the system's sandbox cannot hold the interpreters, in words for the window; null when it can. */
  readonly whyNoSandbox: () => string | null;
  readonly start: StartFromImage;
}

/** Starts one interpreter from an image's folder, and from that of the added packages where there are any. */
export type StartFromImage = (
  imageDir: string,
  settings: Settings,
  limits: InterpreterLimits,
  addedDir: string | null,
) => Interpreter;

/** Checks every file of the image before the first start. */
export function createReadyPython({ image, whyNoSandbox, start }: ReadyPythonDeps): PythonSupply {
  let imageDir: string | null = null;
  return {
    async prepare(tell) {
      const why = whyNoSandbox();
      if (why !== null) throw new Error(why);
      if (imageDir !== null) return;
      tell({ text: 'Checking Python…', fraction: null });
      imageDir = await checkReadyImage(image());
    },
    imageDir: () => imageDir,
    startInterpreter(settings, limits, addedDir) {
      if (imageDir === null) throw new Error('Python is not prepared yet');
      return start(imageDir, settings, limits, addedDir);
    },
  };
}
