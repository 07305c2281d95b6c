// Interpreters in hidden windows in the operating system's sandbox, as the tray app uses them. Must not know the
// server.

import { readManifest } from '../engines/builtin/image/manifest.ts';
import { webImageOf } from '../engines/builtin/supply/web-image.ts';
import type { StartFromImage } from '../engines/builtin/supply/ready-python.ts';
import { startWindowInterpreter } from '../engines/builtin/supply/window-interpreter.ts';
import { openInterpreterWindow } from '../shell/interpreter-window.ts';

export interface WindowInterpretersDeps {
  /** The built interpreter-preload. */
  readonly preload: string;
  readonly log: { warn(text: string): void };
}

/** How to start an interpreter from an image's folder. */
export function createWindowInterpreters({ preload, log }: WindowInterpretersDeps): StartFromImage {
  // A snapshot that cannot be restored costs time; the service works without it.
  let isRestoring = true;
  return (imageDir, _settings, limits, addedDir) => {
    const { hasSnapshot, preimport, files } = readManifest(imageDir);
    const content = webImageOf({
      imageDir,
      hasSnapshot: hasSnapshot && isRestoring,
      preimport,
      files,
      maxResultBytes: limits.frameBytes,
      added: addedDir === null ? null : { dir: addedDir, files: readManifest(addedDir).files },
    });
    return startWindowInterpreter({
      open: (events) => openInterpreterWindow({ content, preload }, events),
      limits,
      onBootFailed(why) {
        isRestoring = false;
        log.warn(`Python did not start from its image; it is started again without the snapshot (${why})`);
      },
    });
  };
}
