// How views read the store and reach the program. Must not know what they show.

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Calls } from '../../src-shared/ipc.ts';
import type { AuthorDesk } from './authoring.ts';
import type { PageState } from './page-state.ts';
import type { PageStore, StoreContent } from './store.ts';

export interface Program {
  readonly calls: Calls;
  readonly store: PageStore;
  readonly desk: AuthorDesk;
}

export const ProgramContext = createContext<Program | null>(null);

/** The program's calls, and the store's ways to show what came of them. */
export function useProgram(): Program {
  const program = useContext(ProgramContext);
  if (program === null) throw new Error('a view is drawn outside of ProgramContext');
  return program;
}

/** A part of the store; drawn again only when that part is another one. */
export function useContent<Part>(partOf: (content: StoreContent) => Part): Part {
  const { store } = useProgram();
  return useSyncExternalStore(store.subscribe, () => partOf(store.read()));
}

/** A part of the page's state, for views that are drawn only after the snapshot came. */
export function usePage<Part>(partOf: (page: PageState) => Part): Part {
  return useContent(({ page }) => {
    if (page === null) throw new Error('a view is drawn before the snapshot came');
    return partOf(page);
  });
}
