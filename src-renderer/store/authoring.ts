// What an author has at hand across screens: the draft, a file to import, what was deployed last. Must not know React or the program.

import type { Draft } from './draft.ts';
import { isUnsaved } from './draft.ts';

/** A file of exported functions that was chosen or dropped, in base64. */
export interface ImportFile {
  readonly name: string;
  readonly archive: string;
}

export interface DeskContent {
  readonly draft: Draft | null;
  /** Waits for the word that the unsaved draft may go. */
  readonly next: Draft | null;
  /** The author wants to be rid of the unsaved draft, and is asked. */
  readonly leaving: boolean;
  readonly importFile: ImportFile | null;
  /** The function that was deployed from here last, to greet it where it is shown. */
  readonly deployed: {
    readonly name: string;
    readonly version: number;
    /** The same file once more, where it defines further functions. */
    readonly others: Draft | null;
  } | null;
}

export interface AuthorDesk {
  readonly read: () => DeskContent;
  readonly subscribe: (listener: () => void) => () => void;
  readonly change: (changes: Partial<DeskContent>) => void;
  /** Takes another draft; answers false where an unsaved one is asked about first. */
  readonly begin: (draft: Draft) => boolean;
}

export function createAuthorDesk(): AuthorDesk {
  let content: DeskContent = { draft: null, next: null, leaving: false, importFile: null, deployed: null };
  const listeners = new Set<() => void>();
  const change = (changes: Partial<DeskContent>): void => {
    content = { ...content, ...changes };
    for (const listener of listeners) listener();
  };
  return {
    read: () => content,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change,
    begin(draft) {
      const isFree = !isUnsaved(content.draft);
      change(isFree ? { draft, next: null } : { next: draft });
      return isFree;
    },
  };
}
