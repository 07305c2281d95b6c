// Calls of the window's page and events to it: the only user of ipcMain. Must not know what the calls do.

import { ipcMain } from 'electron';
import type { IpcMainInvokeEvent, WebContents } from 'electron';
import { replyTo } from '../../src-shared/call-reply.ts';
import { CALL_CHANNEL, EVENT_CHANNEL } from '../../src-shared/channels.ts';
import type { Calls, PageEvent, Reply } from '../../src-shared/ipc.ts';
import { ownFault } from '../../src-shared/own-fault.ts';
import { maySpeak } from './window-policy.ts';

export interface PageIpcDeps {
  readonly calls: Calls;
  readonly onEvent: (listener: (event: PageEvent) => void) => () => void;
  /** The contents of our window; null while there is none. */
  readonly page: () => WebContents | null;
  readonly log: { warn(text: string): void; error(text: string, more?: { readonly detail: readonly string[] }): void };
}

/** Answers the page's calls and sends it events. @returns a function that stops it */
export function openPageIpc({ calls, onEvent, page, log }: PageIpcDeps): () => void {
  ipcMain.handle(CALL_CHANNEL, async (event, name: unknown, values: unknown): Promise<Reply<unknown>> => {
    if (!isFromOurPage(event, page())) {
      log.warn(`a call from ${event.senderFrame?.url ?? 'a frame that is gone'} was refused`);
      return { ok: false, code: 'foreign-sender', message: 'Only the window of TabPy Tray may call.' };
    }
    return replyTo(calls, name, values, (error) => {
      const { text, detail } = ownFault(error);
      log.error(`the call ${String(name)} failed: ${text}`, { detail });
    });
  });
  const stopEvents = onEvent((event) => {
    const contents = page();
    if (contents && !contents.isDestroyed()) contents.send(EVENT_CHANNEL, event);
  });
  return () => {
    stopEvents();
    ipcMain.removeHandler(CALL_CHANNEL);
  };
}

function isFromOurPage({ sender, senderFrame }: IpcMainInvokeEvent, page: WebContents | null): boolean {
  return maySpeak({
    isOurWindow: page !== null && sender === page,
    // Null when the frame was closed or navigated meanwhile.
    isMainFrame: senderFrame !== null && senderFrame.parent === null,
    url: senderFrame?.url ?? null,
  });
}

/** electron-store tells any page where the program keeps its data; our page does not need it. */
export function closeStoreChannel(): void {
  ipcMain.removeAllListeners('electron-store-get-data');
}
