// Opens the function that a request called in the editor, with the request's data as the data of its test.

import type { RequestDetail } from '../../../../src-shared/request-record.ts';
import { draftOfDeployed } from '../../../store/draft.ts';
import { bodyData } from '../../../store/inspection.ts';
import { goTo } from '../../../store/route.ts';
import { writtenData } from '../../../store/test-data.ts';
import { useBeginDraft } from '../../../store/use-authoring.ts';
import { useProgram } from '../../../store/use-page.ts';

/** A function whose code is not known is shown instead. */
export function useEditFunction(): (name: string, detail: RequestDetail) => void {
  const { calls, store } = useProgram();
  const begin = useBeginDraft();
  const edit = async (name: string, { request }: RequestDetail): Promise<void> => {
    const found = await calls.functionDetail(name);
    const draft = found === null ? null : draftOfDeployed(found);
    if (draft === null) goTo('functions', name);
    else {
      const data = writtenData(bodyData(request));
      begin(data === null ? draft : { ...draft, data, captured: data });
    }
  };
  return (name, detail) => void store.attempt(edit(name, detail));
}
