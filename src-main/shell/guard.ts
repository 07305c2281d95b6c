// Denies what no window of ours needs, for all sessions and contents, present and future. The decisions are in
// window-policy.ts.

import type { App, Session, WebContents } from 'electron';
import { mayNavigate } from './window-policy.ts';

/** Must be called before the app is ready, so that nothing is made unguarded. */
export function guardEverything(app: App, log: { warn(text: string): void }): void {
  app.on('session-created', guardSession);
  app.on('web-contents-created', (_event, contents) => guardContents(contents, log));
}

function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // Its dictionaries come from the network.
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
}

function guardContents(contents: WebContents, log: { warn(text: string): void }): void {
  const stay = (details: { readonly url: string; preventDefault(): void }): void => {
    if (mayNavigate(details.url)) return;
    details.preventDefault();
    log.warn(`the page tried to go to ${details.url.slice(0, 200)}; this was refused`);
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    log.warn(`the page tried to open ${url.slice(0, 200)}; this was refused`);
    return { action: 'deny' };
  });
}
