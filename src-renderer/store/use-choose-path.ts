// Choosing a path for views, where there is a system's dialog. Must not know what the path is for.

import type { PathPurpose } from '../../src-shared/chosen-path.ts';
import { usePage, useProgram } from './use-page.ts';

/**
 * Resolves with the chosen path, or null when the user cancels; rejects with CallError while another dialog is open.
 * Null itself in a browser: a path is typed there.
 */
export function useChoosePath(): ((purpose: PathPurpose) => Promise<string | null>) | null {
  const { calls } = useProgram();
  const surface = usePage((page) => page.program.surface);
  return surface === 'app' ? (purpose) => calls.choosePath(purpose) : null;
}
