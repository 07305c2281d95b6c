// A page opened for somebody who writes functions, on a program that knows some. Must not know what is tested.

import type { Snapshot } from '../../../src-shared/ipc.ts';
import { answerAuthor } from './author-program.ts';
import { FIGURES } from './function-scenes.ts';
import type { Asked } from '../../../src-renderer/bridge/fake-bridge.ts';
import type { HowToOpen, OpenedPage } from './opened-page.ts';
import type { PageTests } from './page-tests.ts';
import { snapshotWith } from './scenes.ts';

export interface AuthorPage extends OpenedPage {
  /** The calls of this name that the page made. */
  readonly named: (name: string) => Promise<readonly Asked[]>;
}

/** Opens a screen, such as `functions/profitRatio`, once the program has its answers. */
export async function openAuthorPage(
  open: PageTests['open'],
  screen: string,
  snapshot: Snapshot = snapshotWith({ figures: FIGURES }),
  how: Omit<HowToOpen, 'screen'> = {},
): Promise<AuthorPage> {
  const opened = await open(snapshot, { ...how, screen: 'home' });
  await answerAuthor(opened);
  await opened.show(screen);
  const named = async (name: string) => (await opened.asked()).filter((one) => one.name === name);
  return { ...opened, named };
}
