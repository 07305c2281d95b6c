// Export of functions to a file: through the system's dialog in the tray app, as a download in a browser.

import { useState } from 'react';
import type { Calls, ProgramInfo } from '../../../../src-shared/ipc.ts';
import { downloadArchive } from '../../../store/download.ts';
import { TRANSFER_WORDS as words } from './words.ts';
import { usePage, useProgram } from '../../../store/use-page.ts';

export interface SaveExport {
  /** Resolves with whether a file was saved. */
  readonly save: (names: readonly string[]) => Promise<boolean>;
  readonly isSaving: boolean;
}

export function useSaveExport(): SaveExport {
  const { calls, store } = useProgram();
  const surface = usePage((page) => page.program.surface);
  const [isSaving, setSaving] = useState(false);
  return {
    async save(names) {
      setSaving(true);
      let isSaved = false;
      const saving = calls.exportFunctions([...names]).then(async (archive) => {
        isSaved = await saved(calls, surface, fileName(names), archive);
      });
      await store.attempt(saving);
      setSaving(false);
      if (isSaved) store.announce(words.exported);
      return isSaved;
    },
    isSaving,
  };
}

/** `clustering.zip`, or for several `tabpy-functions.zip`. */
function fileName(names: readonly string[]): string {
  const [only = ''] = names.length === 1 ? names : [];
  const plain = only.replace(/[^A-Za-z0-9_ -]/g, '_').replace(/^[- ]+/, '');
  return plain === '' ? 'tabpy-functions.zip' : `${plain}.zip`;
}

async function saved(calls: Calls, surface: ProgramInfo['surface'], name: string, archive: string): Promise<boolean> {
  if (surface === 'app') return calls.saveFile(name, archive);
  return downloadArchive(name, archive);
}
