// Data of the latest kept request to a deployed function, for a test. Must not know how it is shown.

import { TRIAL_WORDS } from '../../../workbench/words.ts';
import { bodyData } from '../../../store/inspection.ts';
import { writtenData } from '../../../store/test-data.ts';
import type { TestData } from '../../../store/test-data.ts';
import { usePage, useProgram } from '../../../store/use-page.ts';

/** Resolves with null, and tells the user, when no request with data is kept. */
export function useLastData(name: string): () => Promise<TestData | null> {
  const { calls, store } = useProgram();
  const requests = usePage((page) => page.requests);
  return async () => {
    const paths = new Set([`/query/${name}`, `/query/${encodeURIComponent(name)}`]);
    const records = requests.filter(({ path }) => paths.has(path)).toReversed();
    let found: TestData | null = null;
    const looking = async (): Promise<void> => {
      for (const { id } of records) {
        const detail = await calls.requestDetail(id);
        found = detail === null ? null : writtenData(bodyData(detail.request));
        if (found !== null) return;
      }
      store.announce(TRIAL_WORDS.nothingKept);
    };
    await store.attempt(looking());
    return found;
  };
}
