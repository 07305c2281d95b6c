// Access of views to the author's work, and the start of a draft. Must not know what views show.

import { useSyncExternalStore } from 'react';
import type { AuthoringContent } from './authoring.ts';
import type { Draft } from './draft.ts';
import { goTo } from './route.ts';
import { useProgram } from './use-page.ts';

/** The address of the editor among functions. No function can have this name. */
export const EDITOR = '+edit';

export function useAuthoring<Part>(partOf: (content: AuthoringContent) => Part): Part {
  const { authoring } = useProgram();
  return useSyncExternalStore(authoring.subscribe, () => partOf(authoring.read()));
}

/** Opens the editor with a draft. Asks first when another draft would be lost. */
export function useBeginDraft(): (draft: Draft) => void {
  const { authoring } = useProgram();
  return (draft) => {
    if (authoring.begin(draft)) goTo('functions', EDITOR);
  };
}
