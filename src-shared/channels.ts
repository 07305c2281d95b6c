// The two channels of Electron's IPC; the program listens on no other. Apart from ipc.ts, so that the preload script
// stays small.

export const CALL_CHANNEL = 'tabpy:call';
export const EVENT_CHANNEL = 'tabpy:event';
