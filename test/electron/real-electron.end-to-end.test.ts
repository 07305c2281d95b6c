// The same journeys in the real Electron: `npm run test:electron`. Says loudly that it was skipped where there is none.

import { beforeAll, describe } from 'vitest';
import { describeJourneys } from './support/journeys.ts';
import { realElectron, startRealApp } from './support/real-app.ts';
import { prepareApp } from './support/stand-in-app.ts';

const electron = realElectron();
const why = 'why' in electron ? electron.why : null;
if (why !== null) console.warn(`SKIPPED: the journeys in the real Electron were not tried: ${why}.`);

describe.skipIf(why !== null)('the tray app in the real Electron', { timeout: 120_000 }, () => {
  beforeAll(() => prepareApp());
  describeJourneys(startRealApp);
});
