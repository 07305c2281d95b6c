// Takes a file that was chosen or dropped: Python goes to the editor, an export to the list, to be looked into first.

import { CallError } from '../../../../src-shared/ipc.ts';
import { draftOf } from '../../../store/draft.ts';
import { goTo } from '../../../store/route.ts';
import { useBegin } from '../../../store/use-authoring.ts';
import { useProgram } from '../../../store/use-page.ts';
import { STRINGS } from '../../../words.ts';

const words = STRINGS.functions.transfer;
/** As src-shared/ipc.ts has them: characters of a source; base64 is a third longer than its bytes. */
const MOST_SOURCE = 1_000_000;
const MOST_ARCHIVE_BYTES = 200_000_000;

export function useTakeFile(): (file: File) => void {
  const { store, desk } = useProgram();
  const begin = useBegin();
  const take = async (file: File): Promise<void> => {
    const kind = /\.(py|zip)$/i.exec(file.name)?.[1]?.toLowerCase();
    if (kind === undefined) throw new CallError('refused', words.dropRefused(file.name));
    if (file.size > (kind === 'py' ? MOST_SOURCE : MOST_ARCHIVE_BYTES)) {
      throw new CallError('refused', words.tooLarge(file.name));
    }
    if (kind === 'py') {
      begin(draftOf('file', { file: file.name, source: (await file.text()).replace(/\r\n?/g, '\n') }));
      return;
    }
    desk.change({ importFile: { name: file.name, archive: base64Of(new Uint8Array(await file.arrayBuffer())) } });
    goTo('functions');
  };
  return (file) => void store.attempt(take(file));
}

/** In pieces: a call with a hundred million arguments is too much. */
function base64Of(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  }
  return btoa(pieces.join(''));
}
