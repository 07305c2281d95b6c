// Question before an unsaved draft is discarded.

import { useEffect, useRef } from 'react';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { isUnsaved } from '../../../store/draft.ts';
import { goTo } from '../../../store/route.ts';
import { EDITOR, useAuthoring } from '../../../store/use-authoring.ts';
import { usePage, useProgram } from '../../../store/use-page.ts';
import { EDITOR_WORDS as words } from './words.ts';

export function DraftQuestion() {
  const { authoring } = useProgram();
  const { draft, next, leaving } = useAuthoring((content) => content);
  useLeavingPage(draft !== null && isUnsaved(draft) ? draft.name.trim() || words.unnamed : null);
  const confirm = (): void => {
    authoring.change({ draft: next, next: null, leaving: false });
    if (next === null) goTo('functions', draft?.edits ?? undefined);
    else goTo('functions', EDITOR);
  };
  return (
    <ConfirmDialog
      isOpen={next !== null || leaving}
      title={words.discardTitle}
      text={words.discardText(draft?.name || words.unnamed)}
      confirmLabel={words.discardNow}
      cancelLabel={words.keepEditing}
      onConfirm={confirm}
      onClose={() => authoring.change({ next: null, leaving: false })}
    />
  );
}

/** Warns before the page is closed: a browser asks by itself, and the tray app is told that there is a draft. */
function useLeavingPage(draft: string | null): void {
  const surface = usePage((page) => page.program.surface);
  const { calls, store } = useProgram();
  const asks = draft !== null && surface === 'console';
  useEffect(() => {
    if (!asks) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [asks]);
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (surface !== 'app' || told.current === draft) return;
    told.current = draft;
    void store.look(calls.noteDraft(draft));
  }, [calls, store, surface, draft]);
}
