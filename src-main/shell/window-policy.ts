// What the window may do: its preferences, its content security policy, and the decisions about frames, navigation and
// requests. Pure; must not know Electron.

/** The page's own scheme and host; see app-scheme.ts. */
export const PAGE_SCHEME = 'app';
const PAGE_HOST = 'tabpy-tray';
export const PAGE_URL = `${PAGE_SCHEME}://${PAGE_HOST}/index.html`;

/** In memory: no cookies, no cache and no storage of the page are ever written. */
export const PAGE_PARTITION = 'page';

/**
 * Everything that the page needs comes from its own files; it speaks to the program only through the preload script.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The `webPreferences` of the window. Each default of Electron's that matters is set, so that a new default changes
 * nothing.
 */
export function webPreferencesFor(preload: string, isPackaged: boolean) {
  return {
    preload,
    partition: PAGE_PARTITION,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    // Chromium would fetch dictionaries from the network.
    spellcheck: false,
    devTools: !isPackaged,
  } as const;
}

/** Whether an address is one of our page's own. */
export function isOurPage(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${PAGE_SCHEME}:` && url.host === PAGE_HOST;
}

/** Whether the page may navigate there: only to itself, as a reload does. Links to other sites do nothing. */
export function mayNavigate(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && isOurPage(address) && `${url.protocol}//${url.host}${url.pathname}` === PAGE_URL;
}

/** Whether the page's session may request this address at all: a second wall behind the content security policy. */
export function mayRequest(address: string, isPackaged: boolean): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  return isOurPage(address) || (!isPackaged && url.protocol === 'devtools:');
}

/** The sender of an IPC message, as far as it matters. */
export interface Sender {
  /** Whether it is the window's own contents, not another window's. */
  readonly isOurWindow: boolean;
  /** Whether it is a top frame, not a frame within. */
  readonly isMainFrame: boolean;
  /** Null when the frame is already gone. */
  readonly url: string | null;
}

export function maySpeak({ isOurWindow, isMainFrame, url }: Sender): boolean {
  return isOurWindow && isMainFrame && url !== null && isOurPage(url);
}
