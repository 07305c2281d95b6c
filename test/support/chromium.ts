// A Chromium to test with: which one, and how it is started. Must not know what is looked at.

import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const QUIET = [
  '--headless=new',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The program of a Chromium: what TABPY_TRAY_CHROMIUM says, or one in a usual place; null when there is none. */
export function findChromium(): string | null {
  const named = process.env['TABPY_TRAY_CHROMIUM'];
  if (named) return named;
  return USUAL_PLACES.find((file) => existsSync(file)) ?? null;
}

/** Starts it without a window. `args` are further options of Chromium. */
export function launchChromium(executablePath: string, args: readonly string[] = []): Promise<Browser> {
  // Chromium's sandbox refuses to run as root; the pages are our own.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...QUIET, ...sandbox, ...args] });
}
