// Preload script of an interpreter's hidden window: hands one port from the program to the page, and forgets it. Must
// not expose anything.

import { ipcRenderer } from 'electron';

/** The window, which has no type in a preload script: this project has no DOM types. */
const page = globalThis as unknown as { postMessage(message: unknown, origin: string, transfer: unknown): void };

ipcRenderer.once('interpreter-port', (event, boot: unknown) => page.postMessage(boot, '*', event.ports));
