// How views read the author's desk, and how a draft is begun. Must not know what they show.

import { useSyncExternalStore } from 'react';
import type { DeskContent } from './authoring.ts';
import type { Draft } from './draft.ts';
import { goTo } from './route.ts';
import { useProgram } from './use-page.ts';

/** Where the editor is, among functions: no function has such a name. */
export const EDITOR = '+edit';

export function useDesk<Part>(partOf: (content: DeskContent) => Part): Part {
  const { desk } = useProgram();
  return useSyncExternalStore(desk.subscribe, () => partOf(desk.read()));
}

/** Opens the editor with a draft, or asks first where another one would be lost. */
export function useBegin(): (draft: Draft) => void {
  const { desk } = useProgram();
  return (draft) => {
    if (desk.begin(draft)) goTo('functions', EDITOR);
  };
}
