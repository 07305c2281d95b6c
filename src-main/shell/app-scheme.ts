// Serves the built page at its own scheme, `app://tabpy-tray/`, to the window's session only. Must not serve anything
// else.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CustomScheme, Session } from 'electron';
import { headersFor, pageFileFor } from './page-files.ts';
import { mayRequest, PAGE_SCHEME } from './window-policy.ts';

/** For `protocol.registerSchemesAsPrivileged`, before the app is ready: an origin of its own, as trusted as https. */
export const PAGE_PRIVILEGES: CustomScheme = {
  scheme: PAGE_SCHEME,
  privileges: { standard: true, secure: true, codeCache: true },
};

/** Serves the page's files to the session and refuses everything else. May be called for each window. */
export function servePage(session: Session, folder: string, isPackaged: boolean): void {
  if (session.protocol.isProtocolHandled(PAGE_SCHEME)) return;
  session.protocol.handle(PAGE_SCHEME, (request) => answer(request, folder));
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !mayRequest(url, isPackaged) }));
}

async function answer({ method, url }: Request, folder: string): Promise<Response> {
  const file = pageFileFor(url);
  if (file === null) return new Response(null, { status: 404 });
  if (method !== 'GET') return new Response(null, { status: 405 });
  try {
    return new Response(await readFile(path.join(folder, file)), { headers: headersFor(file) });
  } catch {
    return new Response(null, { status: 404 });
  }
}
