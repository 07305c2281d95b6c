// What the window may do and what not.

import { describe, expect, it } from 'vitest';
import {
  CONTENT_SECURITY_POLICY,
  isOurPage,
  maySpeak,
  mayNavigate,
  mayRequest,
  PAGE_URL,
  webPreferencesFor,
} from '../../src-main/shell/window-policy.ts';

describe('the window', () => {
  it('is sandboxed and isolated, and has nothing of Node', () => {
    expect(webPreferencesFor('/preload.cjs', true)).toEqual({
      preload: '/preload.cjs',
      partition: 'page',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    });
  });

  it('keeps nothing of the page on disk', () => {
    expect(webPreferencesFor('/preload.cjs', true).partition).not.toMatch(/^persist:/);
  });

  it('has a policy that begins with nothing and lets the page connect nowhere', () => {
    const directives = CONTENT_SECURITY_POLICY.split('; ');
    expect(directives[0]).toBe("default-src 'none'");
    expect(directives).toContain("connect-src 'none'");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|https?:|\*/);
  });
});

const FOREIGN = [
  'https://example.com/',
  'http://localhost:9004/',
  'http://tabpy-tray/index.html',
  'file:///etc/passwd',
  'about:blank',
  'javascript:alert(1)',
  'app://evil/index.html',
  'app://tabpy-tray.evil/index.html',
  'app://evil@tabpy-tray.example/',
  'app://tabpy-tray:80/index.html',
  'apps://tabpy-tray/index.html',
  'not an address',
  '',
];

describe('addresses', () => {
  it.each(FOREIGN)('of others are not our page: %s', (address) => {
    expect(isOurPage(address)).toBe(false);
    expect(mayNavigate(address)).toBe(false);
    expect(mayRequest(address, true)).toBe(false);
    expect(maySpeak({ isOurWindow: true, isMainFrame: true, url: address })).toBe(false);
  });

  it('lets the page go to itself only, not to another of its files', () => {
    expect(mayNavigate(PAGE_URL)).toBe(true);
    expect(mayNavigate(`${PAGE_URL}#settings`)).toBe(true);
    expect(mayNavigate('app://tabpy-tray/assets/index.js')).toBe(false);
  });

  it("lets the page ask for its own files, and the developer's tools for theirs while it is developed", () => {
    expect(mayRequest('app://tabpy-tray/assets/index.js', true)).toBe(true);
    expect(mayRequest('devtools://devtools/bundled/inspector.html', false)).toBe(true);
    expect(mayRequest('devtools://devtools/bundled/inspector.html', true)).toBe(false);
  });
});

describe('the sender of a call', () => {
  const ours = { isOurWindow: true, isMainFrame: true, url: PAGE_URL };

  it('is heard when it is the main frame of our window at our address', () => {
    expect(maySpeak(ours)).toBe(true);
  });

  it.each([{ isOurWindow: false }, { isMainFrame: false }, { url: null }])('is not heard when %j', (difference) => {
    expect(maySpeak({ ...ours, ...difference })).toBe(false);
  });
});
