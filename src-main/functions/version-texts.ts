// Limits how much text is kept with one version of a function, beside what callers see of it. Pure.
// Threat: these texts come from an interpreter, where a script can write what it likes into them. They are kept fifty
// times for a function, written at each deployment, and read into memory at each start.

import { cutText } from '../../src-shared/cut-text.ts';
import { shownNotes } from '../../src-shared/load-texts.ts';
import type { VersionRecord } from './function-record.ts';

/** The texts of one deployment, from an interpreter or a caller. */
export interface VersionTexts {
  readonly functionName: string | null;
  readonly libraries: Readonly<Record<string, string>>;
  readonly deployedBy: string;
}

const MOST_NAME_CHARACTERS = 300;
/** A caller's name has at most 300 characters, plus an address. */
const MOST_CALLER_CHARACTERS = 1_000;
const MOST_LIBRARIES = 200;
const MOST_LIBRARY_CHARACTERS = 200;

/** Why a version cannot be kept, in words for its author; null when it can. */
export function faultOfTexts(name: string, { functionName, libraries, deployedBy }: VersionTexts): string | null {
  if (functionName !== null && functionName.length > MOST_NAME_CHARACTERS)
    return `The function behind '${name}' has a name of more than ${MOST_NAME_CHARACTERS} characters. Shorten it.`;
  if (!areLibrariesShort(libraries))
    return `'${name}' uses more than ${MOST_LIBRARIES} libraries, or a library whose name or version has more than ${MOST_LIBRARY_CHARACTERS} characters. Use fewer libraries, or shorten the __version__.`;
  if (deployedBy.length > MOST_CALLER_CHARACTERS)
    return `The caller who deploys '${name}' has a name of more than ${MOST_CALLER_CHARACTERS} characters. Shorten the name.`;
  return null;
}

/** A version from a file, without texts that an older program kept without a limit. */
export function boundedVersion(version: VersionRecord): VersionRecord {
  const { functionName, libraries, notes, deployedBy } = version;
  const isShort =
    (functionName?.length ?? 0) <= MOST_NAME_CHARACTERS &&
    areLibrariesShort(libraries) &&
    (deployedBy?.length ?? 0) <= MOST_CALLER_CHARACTERS;
  const known = isShort ? version : withoutLong(version);
  return notes === undefined ? known : { ...known, notes: shownNotes(notes) };
}

function withoutLong({ functionName, libraries, deployedBy, ...version }: VersionRecord): VersionRecord {
  return {
    ...version,
    libraries: areLibrariesShort(libraries) ? (libraries ?? {}) : {},
    ...(functionName !== undefined && functionName.length <= MOST_NAME_CHARACTERS ? { functionName } : {}),
    ...(deployedBy === undefined ? {} : { deployedBy: cutText(deployedBy, MOST_CALLER_CHARACTERS) }),
  };
}

function areLibrariesShort(libraries: Readonly<Record<string, string>> | undefined): boolean {
  const entries = Object.entries(libraries ?? {});
  return (
    entries.length <= MOST_LIBRARIES &&
    entries.every((texts) =>
      texts.every((text: unknown) => typeof text === 'string' && text.length <= MOST_LIBRARY_CHARACTERS),
    )
  );
}
