// Reads user and password from a request's header, as TabPy does (base_handler.py). Pure.

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/**
 * The credentials of an `Authorization` header, or null where TabPy sees none: a scheme other than Basic, more than one
 * space, invalid base64, invalid UTF-8, not exactly one colon.
 */
export function basicCredentials(header: string | undefined): Credentials | null {
  const [scheme, encoded, ...more] = (header ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'basic' || encoded === undefined || more.length > 0) return null;
  const text = textOf(encoded);
  const [user, password, ...rest] = text?.split(':') ?? [];
  return user === undefined || password === undefined || rest.length > 0 ? null : { user, password };
}

/** Base64 as Python reads it: other characters are ignored, padding must not be missing. */
function textOf(encoded: string): string | null {
  const clean = encoded.replace(/[^A-Za-z0-9+/=]/g, '');
  const digits = clean.replace(/=.*/, '');
  const wantedPadding = [0, Infinity, 2, 1][digits.length % 4]!;
  if (clean.length - digits.length < wantedPadding) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(digits, 'base64'));
  } catch {
    return null;
  }
}
