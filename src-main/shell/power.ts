// What the computer's sleep means to the server. Must not know what the server does about it.

import type { PowerMonitor } from 'electron';

/** After sleep, sockets may be dead although nobody was told. @returns how to stop listening */
export function onWake(powerMonitor: PowerMonitor, wake: () => void): () => void {
  powerMonitor.on('resume', wake);
  return () => void powerMonitor.off('resume', wake);
}
