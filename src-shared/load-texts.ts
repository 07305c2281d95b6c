// The texts about a function that was inspected, as they are kept and shown: cut, because they come from an
// interpreter. Pure.

import { cutText } from './cut-text.ts';

const MOST_NOTES = 20;
const MOST_NOTE_CHARACTERS = 500;
const MOST_ERROR_CHARACTERS = 4_000;

/** The first notes, each cut where it is long, and a last note with the number of the others. */
export function shownNotes(notes: readonly string[]): readonly string[] {
  if (notes.length <= MOST_NOTES + 1 && notes.every((note) => note.length <= MOST_NOTE_CHARACTERS)) return notes;
  const more = notes.length - MOST_NOTES;
  const first = notes.slice(0, MOST_NOTES).map((note) => cutText(note, MOST_NOTE_CHARACTERS));
  return more > 0 ? [...first, `And ${more} more notes.`] : first;
}

/** Why a function does not load, as every interpreter and every page gets it. */
export function shownError(error: string): string {
  return cutText(error, MOST_ERROR_CHARACTERS);
}
