// A draft made of a sample, which is loaded when it is wanted. Knows no program.

import type { SampleName } from '../samples/samples.ts';
import { draftOf } from '../../../store/draft.ts';
import type { Draft } from '../../../store/draft.ts';
import { writtenData } from '../../../store/test-data.ts';

export async function beginSample(name: SampleName): Promise<Draft> {
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
