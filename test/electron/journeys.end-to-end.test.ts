// The user's ways through the real bundles, under the stand-in for Electron.

import { beforeAll, describe } from 'vitest';
import { describeJourneys } from './support/journeys.ts';
import { prepareApp, startStandInApp } from './support/stand-in-app.ts';
import { chromiumProgram } from './stand-in/chromium.ts';

const isHere = chromiumProgram() !== null;
if (!isHere) console.warn('SKIPPED: the journeys of the tray app need a Chromium (apt-get install chromium).');

describe.skipIf(!isHere)('the tray app', { timeout: 120_000 }, () => {
  beforeAll(() => prepareApp());
  describeJourneys(startStandInApp);
});
