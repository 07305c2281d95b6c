// Loads the password file that a new setting names before the setting applies.

import { createSignIn } from './sign-in.ts';
import type { SignIn, SignInDeps } from './sign-in.ts';

/** The present sign-in; null: no sign-in. */
export interface CurrentSignIn {
  current(): SignIn | null;
  /** Prepares another file; empty: none. Rejects with a Refusal when it cannot be used. */
  prepare(file: string): Promise<{ commit(): void; undo(): void }>;
}

/** An unusable file must not open the server to everybody: a file applies only once it was read. */
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
