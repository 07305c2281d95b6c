// Names of deployed functions, and their folder names. Pure.

/** TabPy's text for a refused name (management_handler.py). */
const BAD_NAME = 'endpoint name can only contain: a-z, A-Z, 0-9, underscore, hyphens and spaces.';

const NAME = /^[a-zA-Z0-9_\s-]+$/;
const TOO_LONG = 'endpoint name is too long: 200 characters are possible, fewer where they are capitals or spaces.';
const LONGEST = 200;
/** File systems allow 255 bytes; a folder that is being removed has a longer name for a moment. */
const LONGEST_FOLDER = 220;
/** Windows treats these names as devices, in every folder. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** Whether TabPy would accept the name; names too long for a folder are refused as well. */
export function isFunctionName(name: string): boolean {
  return wrongWith(name) === null;
}

/** Why a name is refused, in words, or null. */
export function wrongWith(name: string): string | null {
  if (!NAME.test(name)) return BAD_NAME;
  return name.length > LONGEST || folderOf(name).length > LONGEST_FOLDER ? TOO_LONG : null;
}

/** A folder name that can be read back, safe where upper and lower case are the same (Windows, macOS). */
export function folderOf(name: string): string {
  const folder = name.replace(/[^a-z0-9_-]/g, escaped);
  return DEVICE.test(folder) ? escaped(folder) + folder.slice(1) : folder;
}

/** The name behind a folder name, or null when `folderOf` never made it. */
export function nameOf(folder: string): string | null {
  const name = folder.replace(/%u([0-9a-f]{4})|%([0-9a-f]{2})/g, (_, long: string | undefined, short: string) =>
    String.fromCodePoint(Number.parseInt(long ?? short, 16)),
  );
  return isFunctionName(name) && folderOf(name) === folder ? name : null;
}

/** The first character of a text as %20 or, for spaces beyond Latin-1, as %u2028. */
function escaped(text: string): string {
  const hex = text.charCodeAt(0).toString(16);
  return hex.length > 2 ? `%u${hex.padStart(4, '0')}` : `%${hex.padStart(2, '0')}`;
}
