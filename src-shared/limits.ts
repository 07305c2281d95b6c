// Limits that several parts of the program share. What only one file limits stands in that file.

/** The largest file that a command sends: a wheel, or a file of exported functions. In base64 it fits into a call. */
export const MOST_SENT_FILE_BYTES = 220_000_000;
/** The largest file that the page sends, and the largest wheel that is added. */
export const MOST_FILE_BYTES = 200_000_000;
/** A file in base64 as an argument of a call. */
export const MOST_FILE_CHARACTERS = 300_000_000;
/** The body of a call that carries a file. */
export const MOST_FILE_CALL_BYTES = 301_000_000;
/** The body of any other call; a request to be sent again may be long, and JSON within JSON grows. */
export const MOST_CALL_BYTES = 8_000_000;
/** A larger body of a request or an answer is shown by its first rows only. */
export const LARGE_BODY_BYTES = 1_000_000;
/** How deep schemas and methods of a function may be nested. Python's reader gives up at 254 levels. */
export const MOST_JSON_LEVELS = 60;
/** METADATA of a wheel. */
export const MOST_METADATA_BYTES = 5_000_000;
