// Files that the user chose or dropped: Python opens in the editor, an export in the import panel.

import { CallError } from '../../../../src-shared/ipc.ts';
import { MOST_FILE_BYTES } from '../../../../src-shared/limits.ts';
import { draftOf } from '../../../store/draft.ts';
import { goTo } from '../../../store/route.ts';
import { useBeginDraft } from '../../../store/use-authoring.ts';
import { useProgram } from '../../../store/use-page.ts';
import { TRANSFER_WORDS as words } from './words.ts';

/** The limits of src-shared/ipc.ts: characters of a source; base64 is a third longer than its bytes. */
const MOST_SOURCE = 1_000_000;

export function useOpenFile(): (file: File) => void {
  const { store, authoring } = useProgram();
  const begin = useBeginDraft();
  const take = async (file: File): Promise<void> => {
    const kind = /\.(py|zip)$/i.exec(file.name)?.[1]?.toLowerCase();
    if (kind === undefined) throw new CallError('refused', words.dropRefused(file.name));
    if (file.size > (kind === 'py' ? MOST_SOURCE : MOST_FILE_BYTES)) {
      throw new CallError('refused', words.tooLarge(file.name));
    }
    if (kind === 'py') {
      begin(draftOf('file', { file: file.name, source: (await file.text()).replace(/\r\n?/g, '\n') }));
      return;
    }
    authoring.change({ importFile: { name: file.name, archive: base64Of(new Uint8Array(await file.arrayBuffer())) } });
    goTo('functions');
  };
  return (file) => void store.attempt(take(file));
}

/** In pieces, because a call cannot have a hundred million arguments. */
function base64Of(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  }
  return btoa(pieces.join(''));
}
