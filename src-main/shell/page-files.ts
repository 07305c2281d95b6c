// Finds the file of the built page for an address, and its headers. Pure.

import { pageFileAt, pageFileType } from '../../src-shared/page-files.ts';
import { CONTENT_SECURITY_POLICY, isOurPage } from './window-policy.ts';

/** The file's path below the page's folder, `/` between its parts; null when the page has no such file. */
export function pageFileFor(address: string): string | null {
  if (!isOurPage(address)) return null;
  return pageFileAt(new URL(address).pathname);
}

/** The headers of a page's file. */
export function headersFor(file: string): Readonly<Record<string, string>> {
  return {
    'content-type': pageFileType(file),
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}
