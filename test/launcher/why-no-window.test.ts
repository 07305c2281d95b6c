// Where the tray app can open.

import { describe, expect, it } from 'vitest';
import { whyNoWindow } from '../../src-main/launcher/why-no-window.ts';
import type { Machine } from '../../src-main/launcher/why-no-window.ts';

const desktop: Machine = { platform: 'linux', isRoot: false, hasScreen: true, canSandbox: true };

describe('whyNoWindow', () => {
  it('finds nothing against an ordinary desktop', () => {
    expect(whyNoWindow(desktop)).toBeNull();
    expect(whyNoWindow({ ...desktop, platform: 'win32', hasScreen: false })).toBeNull();
    expect(whyNoWindow({ ...desktop, platform: 'darwin', hasScreen: false })).toBeNull();
  });

  it('names the missing screen of a server or container, before all else', () => {
    expect(whyNoWindow({ ...desktop, hasScreen: false, isRoot: true })).toContain(
      'neither DISPLAY nor WAYLAND_DISPLAY',
    );
  });

  it("never runs as root on Linux, for Chromium's sandbox does not", () => {
    expect(whyNoWindow({ ...desktop, isRoot: true })).toContain('as root');
  });

  it('says so where the system keeps Chromium from making its sandbox, instead of going without', () => {
    expect(whyNoWindow({ ...desktop, canSandbox: false })).toContain('sandbox');
  });
});
