// The users of the password file for views, read again after each change. Must not know what views show.

import { useCallback, useEffect, useState } from 'react';
import type { SignInUsers } from '../../../src-shared/sign-in-user.ts';
import { CallError } from '../../../src-shared/ipc.ts';
import { usePage, useProgram } from '../../store/use-page.ts';

export interface UsersForView {
  /** Null until they were read for the first time. */
  readonly known: SignInUsers | null;
  readonly readAgain: () => void;
}

export function useUsers(): UsersForView {
  const { calls } = useProgram();
  const file = usePage((page) => page.settings.passwordFile);
  const [known, setKnown] = useState<SignInUsers | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isWanted = true;
    calls
      .users()
      .then((users) => isWanted && setKnown(users))
      .catch((error: unknown) => {
        if (!(error instanceof CallError)) throw error;
        if (isWanted) setKnown({ file, names: [], fault: error.message });
      });
    return () => {
      isWanted = false;
    };
  }, [calls, file, turn]);
  return { known, readAgain: useCallback(() => setTurn((before) => before + 1), []) };
}
