// Interpreters in hidden windows in the operating system's sandbox: where the tray app runs. Must not know the server.

import type { Settings } from '../src-shared/settings.ts';
import { readManifest } from './interpreter/image/manifest.ts';
import { webImageOf } from './interpreter/web-image.ts';
import type { Interpreter, InterpreterLimits } from './runtime/interpreter.ts';
import { startRenderer } from './runtime/renderer.ts';
import { openInterpreterWindow } from './shell/interpreter-window.ts';

export interface WindowInterpretersDeps {
  /** The built interpreter-preload. */
  readonly preload: string;
  readonly log: { warn(text: string): void };
}

/** How one is started from an image's folder. */
export function createWindowInterpreters({
  preload,
  log,
}: WindowInterpretersDeps): (imageDir: string, settings: Settings, limits: InterpreterLimits) => Interpreter {
  // A snapshot that does not restore costs time, not the service.
  let isRestoring = true;
  return (imageDir, _settings, limits) => {
    const { hasSnapshot, preimport, files } = readManifest(imageDir);
    const content = webImageOf({
      imageDir,
      hasSnapshot: hasSnapshot && isRestoring,
      preimport,
      files,
      maxResultBytes: limits.frameBytes,
    });
    return startRenderer({
      open: (events) => openInterpreterWindow({ content, preload }, events),
      limits,
      onBootFailed(why) {
        isRestoring = false;
        log.warn(`Python did not start from its image; it is tried without the snapshot (${why})`);
      },
    });
  };
}
