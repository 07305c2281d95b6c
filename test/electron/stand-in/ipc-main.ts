// `ipcMain`: what pages ask, answered by the product's handlers. Must not know how a page is reached.

import { EventEmitter } from 'node:events';

type Handler = (event: Electron.IpcMainInvokeEvent, ...values: unknown[]) => unknown;

export class StandInIpcMain
  extends EventEmitter
  implements Pick<Electron.IpcMain, 'handle' | 'handleOnce' | 'removeHandler'>
{
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler);
  }
  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...values) => {
      this.removeHandler(channel);
      return handler(event, ...values);
    });
  }
  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }
  /** The channels that are answered, for tests. */
  handled(): readonly string[] {
    return [...this.#handlers.keys()];
  }

  /** What `ipcRenderer.invoke` gets. Rejects with Electron's words. */
  async invoke(channel: string, event: Electron.IpcMainInvokeEvent, values: readonly unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (!handler) throw new Error(`Error invoking remote method '${channel}': No handler registered for '${channel}'`);
    try {
      return await handler(event, ...values);
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, { cause: error });
    }
  }
}

export const ipcMain = new StandInIpcMain();
