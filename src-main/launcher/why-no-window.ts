// Whether the tray app can open here at all, from facts about the machine. Pure; must not look at the machine.

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** Linux: DISPLAY or WAYLAND_DISPLAY is set. */
  readonly hasScreen: boolean;
  /** Linux: Chromium can make its sandbox, in one way or the other; see linux-sandbox.ts. */
  readonly canSandbox: boolean;
}

/** Why there can be no window here, as a part of a sentence; null when there can. */
export function whyNoWindow({ platform, isRoot, hasScreen, canSandbox }: Machine): string | null {
  // Windows and macOS say what is wrong themselves when a session has no desktop.
  if (platform !== 'linux') return null;
  if (!hasScreen) return 'there is no screen (neither DISPLAY nor WAYLAND_DISPLAY is set)';
  if (isRoot) return "Chromium's sandbox does not run as root; start it as an ordinary user";
  if (!canSandbox)
    return 'this system does not let Chromium make its sandbox (unprivileged user namespaces are off); the .deb package sets it up';
  return null;
}
