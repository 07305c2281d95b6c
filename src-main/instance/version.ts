// The version of this program, and the one that /info shows.

/** The version of this program. */
export const PROGRAM_VERSION = '0.1.0';
/** What /info says: the TabPy that it stands in for, and itself as a local version (PEP 440). */
export const SERVER_VERSION = `2.16.0+tray.${PROGRAM_VERSION}`;
