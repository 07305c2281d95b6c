// Request guard of the console: accepts only its own host name and its own page. Pure.

export interface Knock {
  readonly method: string;
  /** Whether it is the printed link, which may be opened from anywhere: a mail, a terminal in a browser. */
  readonly isLink: boolean;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
}

const FOREIGN_NAME = 'The console cannot be opened under this name. Open the link that the program printed.';
const FOREIGN_PAGE = 'Only the console’s own page may call.';

/**
 * Why a request is refused, or null. Stops DNS rebinding (a foreign Host), other sites, and pages on other ports of
 * this computer: browsers call those same-site and send our cookie with them.
 */
export function refusalAtConsole({ method, isLink, host, origin, fetchSite }: Knock, port: number): string | null {
  const names = ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port}`);
  if (host === undefined || !names.includes(host.toLowerCase())) return FOREIGN_NAME;
  if (isLink && method === 'GET') return null;
  if (origin !== undefined && origin !== `http://${host}`) return FOREIGN_PAGE;
  // Every browser sends Origin with POST; other programs must not use the console.
  if (method === 'POST' && origin === undefined) return FOREIGN_PAGE;
  return fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none' ? null : FOREIGN_PAGE;
}
