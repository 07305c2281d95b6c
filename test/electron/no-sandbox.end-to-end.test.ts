// A Chromium whose sandbox was taken away: no renderer of it gets a Python.

import { afterAll, describe, expect, it } from 'vitest';
import { chromiumProgram, stopChromium } from './stand-in/chromium.ts';
import { anImage, openInterpreter, prepareApp } from './support/open-interpreter.ts';

process.env['TABPY_TRAY_CHROMIUM_OPTIONS'] = '--no-sandbox';
const isReady = prepareApp();

describe.skipIf(chromiumProgram() === null || process.platform !== 'linux')('without the sandbox', () => {
  afterAll(stopChromium);

  it('an interpreter ends before it has booted, and says why', async () => {
    await isReady;
    const { interpreter, window } = openInterpreter({ imageDir: await anImage() });
    expect(await interpreter.ready).toMatchObject({
      kind: 'fault',
      what: expect.stringContaining("Python does not run in the operating system's sandbox") as string,
    });
    await interpreter.ended;
    expect(window.isDestroyed()).toBe(true);
  });
});
