// Finds the file of the built page for a path, and its type: the same for the window's scheme and for the console.
// Pure.

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

// Only plain names, so that no path leads upwards: no empty part, no part that begins with a dot, nothing encoded.
const PLAIN = /^(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$/;

/** The file's path below the page's folder, `/` between its parts; null when the page has no such file. */
export function pageFileAt(pathname: string): string | null {
  return PLAIN.test(pathname) && extensionOf(pathname) in TYPES ? pathname.slice(1) : null;
}

export function pageFileType(file: string): string {
  return TYPES[extensionOf(file)] ?? 'application/octet-stream';
}

function extensionOf(file: string): string {
  return /\.[^./]+$/.exec(file)?.[0] ?? '';
}
