// Access of views to the store and to the program. Must not know what views show.

import { createContext, useContext, useSyncExternalStore } from 'react';
import { addressText, intendedAddress } from '../../src-shared/address-text.ts';
import type { Calls } from '../../src-shared/ipc.ts';
import { addressOf } from '../../src-shared/service-state.ts';
import type { Authoring } from './authoring.ts';
import type { PageState } from './page-state.ts';
import type { PageStore, StoreContent } from './store.ts';

export interface Program {
  readonly calls: Calls;
  readonly store: PageStore;
  readonly authoring: Authoring;
}

export const ProgramContext = createContext<Program | null>(null);

/** The calls of the program, and the store. */
export function useProgram(): Program {
  const program = useContext(ProgramContext);
  if (program === null) throw new Error('a view is drawn outside of ProgramContext');
  return program;
}

/** A part of the store. A view is drawn again only when this part changes. */
export function useContent<Part>(partOf: (content: StoreContent) => Part): Part {
  const { store } = useProgram();
  return useSyncExternalStore(store.subscribe, () => partOf(store.read()));
}

/** A part of the page's state, for views that are drawn only after the snapshot has come. */
export function usePage<Part>(partOf: (page: PageState) => Part): Part {
  return useContent(({ page }) => {
    if (page === null) throw new Error('a view is drawn before the snapshot came');
    return partOf(page);
  });
}

/** The URL of the server as Tableau and commands use it, whether it runs or not. */
export function useServerUrl(): string {
  return usePage(({ service, settings }) => {
    const address = addressOf(service);
    return address === null ? intendedAddress(settings) : addressText(address);
  });
}
