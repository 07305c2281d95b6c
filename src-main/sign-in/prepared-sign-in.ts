// The sign-in of the password file that the settings name, made ready before they name it. Must not know who signs in.

import { createSignIn } from './sign-in.ts';
import type { SignIn, SignInDeps } from './sign-in.ts';

/** The sign-in that applies; null: nobody is asked. */
export interface CurrentSignIn {
  current(): SignIn | null;
  /** Makes another file ready; empty: none. Rejects with a Refusal that says why it cannot be used. */
  prepare(file: string): Promise<{ commit(): void; undo(): void }>;
}

/** A file that cannot be used must not open the server: it applies only once it was read. */
export function createSignIns(log: SignInDeps['log']): CurrentSignIn {
  let made: { readonly file: string; readonly signIn: SignIn | null } = { file: '', signIn: null };
  return {
    current: () => made.signIn,
    async prepare(file) {
      const next = file === made.file ? made : { file, signIn: file === '' ? null : await createSignIn({ file, log }) };
      return { commit: () => void (made = next), undo: () => undefined };
    },
  };
}
