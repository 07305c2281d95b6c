// Where a file of a wheel goes when it is installed: the same for the check of a wheel and for its unpacking. Pure.
// Source: the specification of wheels (packaging.python.org, "Binary distribution format"): files in
// NAME-VERSION.data/KIND/ go to the place of their kind.

/** `site`: below site-packages, at `path`. `elsewhere`: scripts, headers and data, which have no place here. */
export type WheelPlace =
  | { readonly kind: 'site'; readonly path: string }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'refused'; readonly why: string };

const LONGEST_NAME = 255;
const LONGEST_PATH = 1_000;
/** Control characters, and characters that change the direction of text. */
const UNREADABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\:]/u;

/** @param info the wheel's own folder of metadata, such as `name-1.0.dist-info` */
export function placeInWheel(name: string, info: string): WheelPlace {
  const refused = (why: string): WheelPlace => ({ kind: 'refused', why });
  const parts = name.split('/');
  if (name.length > LONGEST_PATH || parts.some((part) => part.length > LONGEST_NAME)) return refused('is too long');
  if (UNREADABLE.test(name)) return refused('has characters that are not allowed in a package');
  // One spelling for each file: any unpacker reads `a/./b` and `a//b` as `a/b`.
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

/** The files that Python imports: source, compiled, or native. */
const IMPORTABLE = /\.(py|pyc|pyo|pyd|so)$/i;

export function isImportable(path: string): boolean {
  return IMPORTABLE.test(path);
}

/**
 * The name under which a path (below site-packages) is imported, with slashes, such as `pkg/mod` for `pkg/mod.py` and
 * for `pkg/mod/__init__.so`. Of two files with the same name, one hides the other.
 */
export function importedAs(path: string): string {
  const parts = path.split('/');
  const stem = (parts.pop() ?? '').split('.', 1)[0]!;
  return [...parts, ...(stem === '__init__' ? [] : [stem])].join('/');
}

/**
 * The top-level name of a path, in the form in which case-insensitive file systems and Python's normalisation compare
 * it.
 */
export function topOf(path: string): string {
  const [top = '', ...rest] = path.split('/');
  const name = rest.length > 0 ? top : (top.split('.', 1)[0] ?? '');
  return name.normalize('NFKC').toLowerCase();
}

function isDataFolder(name: string): boolean {
  return name.toLowerCase().endsWith('.data');
}
