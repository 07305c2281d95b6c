// Failures of calls that a view shows itself, beside what the user did. Must not know what the calls are.

import { useCallback, useState } from 'react';
import { CallError } from '../../src-shared/ipc.ts';

export interface OwnFailure {
  /** Why the last call failed; null when it did not. */
  readonly failure: string | null;
  /** Waits for a call. Resolves with whether it worked. */
  readonly attempt: (call: Promise<unknown>) => Promise<boolean>;
  readonly forget: () => void;
}

export function useOwnFailure(): OwnFailure {
  const [failure, setFailure] = useState<string | null>(null);
  const attempt = useCallback(async (call: Promise<unknown>): Promise<boolean> => {
    setFailure(null);
    try {
      await call;
      return true;
    } catch (error) {
      // Files of the user are refused with a DOMException. Any other error is a bug of the page.
      if (!(error instanceof CallError) && !(error instanceof DOMException)) throw error;
      setFailure(error.message);
      return false;
    }
  }, []);
  const forget = useCallback(() => setFailure(null), []);
  return { failure, attempt, forget };
}
