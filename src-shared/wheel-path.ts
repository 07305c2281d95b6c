// Where a file of a wheel goes when it is installed: one reading, for who checks a wheel and for who unpacks it. Pure.
// Source: the specification of wheels (packaging.python.org, "Binary distribution format"): what lies in NAME-VERSION.data/KIND/
// is spread to the place of its kind.

/** `site`: below site-packages, at `path`. `elsewhere`: scripts, headers and data, which have no place here. */
export type WheelPlace =
  | { readonly kind: 'site'; readonly path: string }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'refused'; readonly why: string };

const LONGEST_NAME = 255;
const LONGEST_PATH = 1_000;
/** Control characters, and what turns the direction of a text that somebody reads. */
const UNREADABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\:]/u;

/** @param info the wheel's own folder of metadata, such as `name-1.0.dist-info` */
export function placeInWheel(name: string, info: string): WheelPlace {
  const refused = (why: string): WheelPlace => ({ kind: 'refused', why });
  const parts = name.split('/');
  if (name.length > LONGEST_PATH || parts.some((part) => part.length > LONGEST_NAME)) return refused('is too long');
  if (UNREADABLE.test(name)) return refused('has characters that are not allowed in a package');
  // One name a file: `a/./b` and `a//b` are `a/b` for whoever unpacks it.
  if (parts.some((part) => part === '' || /^\.+$|[. ]$/.test(part))) return refused('has a path that is not valid');
  const [top = '', kind = '', ...rest] = parts;
  if (!isDataFolder(top)) return { kind: 'site', path: name };
  if (top !== `${info.slice(0, -'.dist-info'.length)}.data`) return refused('is in the data of another package');
  switch (kind) {
    case 'purelib':
    case 'platlib': {
      const [inner = ''] = rest;
      if (rest.length === 0 || isDataFolder(inner) || inner.toLowerCase().endsWith('.dist-info'))
        return refused('would be put where only metadata may be');
      return { kind: 'site', path: rest.join('/') };
    }
    case 'scripts':
    case 'headers':
    case 'data':
      return { kind: 'elsewhere' };
    default:
      return refused('is of a kind that is not allowed in a package');
  }
}

/** What Python imports from a file: with source, compiled, or native. */
const IMPORTABLE = /\.(py|pyc|pyo|pyd|so)$/i;

export function isImportable(path: string): boolean {
  return IMPORTABLE.test(path);
}

/**
 * The name under which a path (below site-packages) is imported, with slashes, such as `pkg/mod` for `pkg/mod.py` and for
 * `pkg/mod/__init__.so`. Two files of one name stand before each other.
 */
export function importedAs(path: string): string {
  const parts = path.split('/');
  const stem = (parts.pop() ?? '').split('.', 1)[0]!;
  return [...parts, ...(stem === '__init__' ? [] : [stem])].join('/');
}

/** The top-level name of a path, as file systems that know no case, and Python's reading of letters, compare it. */
export function topOf(path: string): string {
  const [top = '', ...rest] = path.split('/');
  const name = rest.length > 0 ? top : (top.split('.', 1)[0] ?? '');
  return name.normalize('NFKC').toLowerCase();
}

function isDataFolder(name: string): boolean {
  return name.toLowerCase().endsWith('.data');
}
