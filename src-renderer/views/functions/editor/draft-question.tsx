// Asks before an unsaved draft is given up, for another one or for none.

import { useEffect } from 'react';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { isUnsaved } from '../../../state/draft.ts';
import { goTo } from '../../../state/route.ts';
import { EDITOR, useDesk } from '../../../state/use-desk.ts';
import { usePage, useProgram } from '../../../state/use-page.ts';
import { STRINGS } from '../../../strings.ts';

const words = STRINGS.functions.editor;

export function DraftQuestion() {
  const { desk } = useProgram();
  const { draft, next, leaving } = useDesk((content) => content);
  useLeavingPage(isUnsaved(draft));
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

/** A browser asks by itself before its tab is closed. The tray app hides its window and keeps the page. */
function useLeavingPage(isOn: boolean): void {
  const surface = usePage((page) => page.program.surface);
  const asks = isOn && surface === 'console';
  useEffect(() => {
    if (!asks) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [asks]);
}
