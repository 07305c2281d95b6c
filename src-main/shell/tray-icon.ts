// Which picture the tray shows for a state on a platform; assets/README.md lists the names. Pure.

import type { StateShape } from '../../src-shared/state-words.ts';

const NAMES: Readonly<Record<StateShape, string>> = {
  outline: 'stopped',
  'outline-dot': 'starting',
  solid: 'running',
  'solid-dot': 'busy',
  alert: 'attention',
};

/** The file's name in assets/tray. `isDark`: whether the bar behind the icon is dark. */
export function trayIconFor(shape: StateShape, platform: NodeJS.Platform, isDark: boolean): string {
  const name = NAMES[shape];
  const ground = isDark ? 'dark' : 'light';
  switch (platform) {
    case 'darwin':
      // A template image: macOS gives it the colour of the bar.
      return `${name}Template.png`;
    case 'win32':
      return `${name}-${ground}.ico`;
    default:
      return `${name}-${ground}-24.png`;
  }
}
