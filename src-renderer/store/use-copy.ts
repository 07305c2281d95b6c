// Copying for views, with a word for screen readers when it is done. Must not know what is copied.

import type { Calls, ProgramInfo } from '../../src-shared/ipc.ts';
import { WORDS } from '../text/words.ts';
import { useProgram } from './use-page.ts';
import type { Program } from './use-page.ts';

/** Copies a text; resolves with whether it worked. A failure is shown like that of any call. */
export function useCopy(): (text: string) => Promise<boolean> {
  const program = useProgram();
  return (text) => copyWith(program, text);
}

export async function copyWith({ calls, store }: Program, text: string): Promise<boolean> {
  const surface = store.read().page?.program.surface ?? 'app';
  const isDone = await store.attempt(copying(calls, surface, text));
  if (isDone) store.announce(WORDS.copied);
  return isDone;
}

/** In a browser the program cannot reach the clipboard; the page can. */
function copying(calls: Calls, surface: ProgramInfo['surface'], text: string): Promise<unknown> {
  return surface === 'app' ? calls.copyText(text) : navigator.clipboard.writeText(text);
}
