// Whether the tray app can open here at all, from facts about the machine. Pure; must not look at the machine.

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean;
  /** Linux: DISPLAY or WAYLAND_DISPLAY is set. */
  readonly hasScreen: boolean;
  /** Linux: the system lets a program make namespaces of its own, which Chromium's sandbox is made of. */
  readonly allowsNamespaces: boolean;
}

/** Why there can be no window here, as a part of a sentence; null when there can. */
export function whyNoWindow({ platform, isRoot, hasScreen, allowsNamespaces }: Machine): string | null {
  // Windows and macOS say what is wrong themselves when a session has no desktop.
  if (platform !== 'linux') return null;
  if (!hasScreen) return 'there is no screen (neither DISPLAY nor WAYLAND_DISPLAY is set)';
  if (isRoot) return "Chromium's sandbox does not run as root; start it as an ordinary user";
  if (!allowsNamespaces)
    return 'this system does not let Chromium make its sandbox (unprivileged user namespaces are off); the .deb package sets it up';
  return null;
}
