// New function: a button, and the draft made from a sample. The sample's text is loaded only when it is used.

import { Button } from '../../../components/button.tsx';
import { draftOf } from '../../../store/draft.ts';
import type { Draft } from '../../../store/draft.ts';
import { writtenData } from '../../../store/test-data.ts';
import { useBeginDraft } from '../../../store/use-authoring.ts';
import type { SampleName } from '../samples/samples.ts';
import { FUNCTION_WORDS as words } from '../words.ts';

export function NewButton() {
  const begin = useBeginDraft();
  return (
    <Button look="main" icon="add" onPress={() => void draftOfSample('blank').then(begin)}>
      {words.create}
    </Button>
  );
}

export async function draftOfSample(name: SampleName): Promise<Draft> {
  const { SAMPLES } = await import('../samples/samples.ts');
  const { source, data: value } = SAMPLES[name];
  const functionName = /^def (\w+)/m.exec(source)?.[1] ?? '';
  const data = writtenData(value);
  return draftOf('new', {
    sample: name,
    source,
    functionName,
    name: functionName,
    ...(data ? { data, captured: data } : {}),
  });
}
