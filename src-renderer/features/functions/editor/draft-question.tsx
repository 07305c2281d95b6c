// Asks before an unsaved draft is given up, for another one or for none.

import { useEffect, useRef } from 'react';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { isUnsaved } from '../../../store/draft.ts';
import { goTo } from '../../../store/route.ts';
import { EDITOR, useDesk } from '../../../store/use-authoring.ts';
import { usePage, useProgram } from '../../../store/use-page.ts';
import { STRINGS } from '../../../words.ts';

const words = STRINGS.functions.editor;

export function DraftQuestion() {
  const { desk } = useProgram();
  const { draft, next, leaving } = useDesk((content) => content);
  useLeavingPage(draft !== null && isUnsaved(draft) ? draft.name.trim() || words.unnamed : null);
  const confirm = (): void => {
    desk.change({ draft: next, next: null, leaving: false });
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
      onClose={() => desk.change({ next: null, leaving: false })}
    />
  );
}

/** A browser asks by itself before its tab is closed; the tray app asks before it quits, and must be told. */
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
    void store.attempt(calls.noteDraft(draft));
  }, [calls, store, surface, draft]);
}
