// Why the tray app cannot open here, if it cannot, from facts about the machine. Pure.

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** Linux: DISPLAY or WAYLAND_DISPLAY is set. */
  readonly hasScreen: boolean;
  /** Linux: Chromium can make its sandbox, in one way or the other; see linux-sandbox.ts. */
  readonly canSandbox: boolean;
}

/** Why no window can open here, as a part of a sentence; null when it can. */
export function whyNoWindow({ platform, isRoot, hasScreen, canSandbox }: Machine): string | null {
  // Windows and macOS report it themselves when a session has no desktop.
  if (platform !== 'linux') return null;
  if (!hasScreen) return 'there is no screen (neither DISPLAY nor WAYLAND_DISPLAY is set)';
  if (isRoot) return "Chromium's sandbox does not run as root; start it as an ordinary user";
  if (!canSandbox)
    return 'this system does not let Chromium make its sandbox (unprivileged user namespaces are off); the .deb package sets it up';
  return null;
}
