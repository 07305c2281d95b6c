// A program that answers what an author asks, for pages under test. Must not know what is tested.

import type { FakeWindow } from './fake-window.ts';
import { ANSWERED, CHECKED, CONTENTS, functionDetail, SOURCE, sourceOfVersion } from './function-scenes.ts';
import type { OpenedPage } from './opened-page.ts';
import { FUNCTIONS } from './scenes.ts';

/** From now on every look at a function is at `profitRatio`, and sources are without fault. */
export async function answerAuthor({ page, answer }: Pick<OpenedPage, 'page' | 'answer'>): Promise<void> {
  await answer('functionDetail', functionDetail(FUNCTIONS[0]!));
  await answer('checkSource', CHECKED);
  await answer('completeSource', []);
  await answer('formatSource', SOURCE);
  await answer('tryDeployed', ANSWERED);
  await answer('tryFunction', ANSWERED);
  await answer('promoteScript', SOURCE);
  await answer('lookIntoExport', CONTENTS);
  await answer('exportFunctions', Buffer.from('PK').toString('base64'));
  await page.evaluate(
    (sources) => {
      (globalThis as unknown as FakeWindow).fake.answer('versionSource', (_, version) => sources[version] ?? null);
    },
    [null, ...[1, 2, 3].map(sourceOfVersion)],
  );
}
