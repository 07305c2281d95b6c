// The sign-in of the password file that the settings name, made before they do. Must not know who signs in.

import { createSignIn } from './sign-in.ts';
import type { SignIn, SignInDeps } from './sign-in.ts';

/** A file that cannot be used must not open the server: it is prepared first, and current only then. */
export function createSignIns(log: SignInDeps['log']) {
  let made: { readonly file: string; readonly signIn: SignIn | null } = { file: '', signIn: null };
  return {
    /** Rejects with an Error that says why the file cannot be used. */
    async prepare(file: string): Promise<void> {
      if (file !== made.file) made = { file, signIn: file === '' ? null : await createSignIn({ file, log }) };
    },
    current(file: string): SignIn | null {
      if (file === made.file) return made.signIn;
      throw new Error(`the password file ${file} was not prepared`);
    },
  };
}
