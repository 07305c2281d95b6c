// Which file of the built page an address means, and the headers that go with it. Pure.

import path from 'node:path';
import { CONTENT_SECURITY_POLICY, isOurPage } from './window-policy.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

// Plain names only, so that no way leads upwards: no empty part, none that begins with a dot, nothing encoded.
const PLAIN = /^(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$/;

/** The file's path below the page's folder, `/` between its parts; null when the page has no such file. */
export function pageFileFor(address: string): string | null {
  if (!isOurPage(address)) return null;
  const { pathname } = new URL(address);
  return PLAIN.test(pathname) && path.posix.extname(pathname) in TYPES ? pathname.slice(1) : null;
}

/** The headers of a page's file. */
export function headersFor(file: string): Readonly<Record<string, string>> {
  return {
    'content-type': TYPES[path.posix.extname(file)] ?? 'application/octet-stream',
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}
