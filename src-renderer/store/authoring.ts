// State of what an author works on, kept across screens: the draft, a file to import, what was deployed last. Must not
// know React.

import type { Draft } from './draft.ts';
import { isUnsaved } from './draft.ts';

/** A file of exported functions that was chosen or dropped, in base64. */
export interface ImportFile {
  readonly name: string;
  readonly archive: string;
}

export interface AuthoringContent {
  readonly draft: Draft | null;
  /** Waits until the user agrees to lose the unsaved draft. */
  readonly next: Draft | null;
  /** The user wants to discard the unsaved draft and is asked. */
  readonly leaving: boolean;
  readonly importFile: ImportFile | null;
  /** The function that was deployed last from this page, for the message on its screen. */
  readonly deployed: {
    readonly name: string;
    readonly version: number;
    /** A draft of the same file when it defines further functions. */
    readonly others: Draft | null;
  } | null;
}

export interface Authoring {
  readonly read: () => AuthoringContent;
  readonly subscribe: (listener: () => void) => () => void;
  readonly change: (changes: Partial<AuthoringContent>) => void;
  /** Takes another draft. Returns false when the user is first asked about an unsaved one. */
  readonly begin: (draft: Draft) => boolean;
}

export function createAuthoring(): Authoring {
  let content: AuthoringContent = { draft: null, next: null, leaving: false, importFile: null, deployed: null };
  const listeners = new Set<() => void>();
  const change = (changes: Partial<AuthoringContent>): void => {
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
