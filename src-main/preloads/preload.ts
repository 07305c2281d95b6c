// Preload script of the page: adds the bridge of src-shared/ipc.ts to its window, and nothing else. Runs sandboxed: one
// CommonJS file, no Node.

import { contextBridge, ipcRenderer } from 'electron';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../../src-shared/channels.ts';
import type { Bridge, PageEvent, Reply } from '../../src-shared/ipc.ts';

const bridge: Bridge = {
  call: (name, values) => ipcRenderer.invoke(CALL_CHANNEL, name, values) as Promise<Reply<unknown>>,
  onEvent(listener) {
    // Not Electron's own event: it would hand the page the sender.
    const hear = (_event: unknown, value: PageEvent): void => listener(value);
    ipcRenderer.on(EVENT_CHANNEL, hear);
    return () => void ipcRenderer.off(EVENT_CHANNEL, hear);
  },
};

contextBridge.exposeInMainWorld('tabpyTray', bridge);
