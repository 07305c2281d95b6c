// Reads the name of a function from the path of a request, as Tornado and TabPy do. Pure.

import { refusals } from './errors.ts';

const ESCAPES = /(?:%[0-9a-f]{2})+/gi;

/**
 * The name in the last part of a path. `%zz` is not an escape and stays as it is.
 * @throws HttpRefusal 400 when the escapes are not UTF-8
 */
export function nameIn(path: string): string {
  const part = path.slice(path.lastIndexOf('/') + 1);
  try {
    return unescaped(part, true);
  } catch {
    throw refusals.badRequest('Bad Request', `The name '${part}' is not UTF-8 behind its percent signs.`);
  }
}

/**
 * The name in a path of /query, which TabPy unescapes a second time (query_plane_handler.py), because some clients
 * escape twice.
 */
export function queriedNameIn(path: string): string {
  return unescaped(nameIn(path), false);
}

function unescaped(text: string, isStrict: boolean): string {
  if (!text.includes('%')) return text;
  const decoder = new TextDecoder('utf-8', { fatal: isStrict, ignoreBOM: true });
  return text.replace(ESCAPES, (run) => decoder.decode(Buffer.from(run.replaceAll('%', ''), 'hex')));
}
