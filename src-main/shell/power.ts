// Tells the server when the computer sleeps and wakes.

import type { PowerMonitor } from 'electron';

/** After sleep, sockets may be dead without any event. @returns a function that stops listening */
export function onWake(powerMonitor: PowerMonitor, wake: () => void): () => void {
  powerMonitor.on('resume', wake);
  return () => void powerMonitor.off('resume', wake);
}
