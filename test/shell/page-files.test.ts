// Which files the page may have, and with which headers.

import { describe, expect, it } from 'vitest';
import { headersFor, pageFileFor } from '../../src-main/shell/page-files.ts';
import { CONTENT_SECURITY_POLICY } from '../../src-main/shell/window-policy.ts';

describe('the files of the page', () => {
  it.each([
    ['app://tabpy-tray/index.html', 'index.html'],
    ['app://tabpy-tray/index.html?x#settings', 'index.html'],
    ['app://tabpy-tray/assets/index-DiwrgTda.js', 'assets/index-DiwrgTda.js'],
    ['app://tabpy-tray/assets/index-a_b.css', 'assets/index-a_b.css'],
  ])('are found: %s', (address, file) => {
    expect(pageFileFor(address)).toBe(file);
  });

  it.each([
    'app://tabpy-tray/',
    'app://tabpy-tray/../main/main.js',
    'app://tabpy-tray/..%2fmain/main.js',
    'app://tabpy-tray/%2e%2e/main/main.js',
    String.raw`app://tabpy-tray/..\main\main.js`,
    'app://tabpy-tray/assets/..%5cmain.js',
    'app://tabpy-tray//etc/passwd.html',
    'app://tabpy-tray/.hidden.js',
    'app://tabpy-tray/assets/.env.js',
    'app://tabpy-tray/index.html%00.png',
    'app://tabpy-tray/index.js.map',
    'app://tabpy-tray/assets',
    'app://other/index.html',
    'https://tabpy-tray/index.html',
  ])('are all there is: %s', (address) => {
    expect(pageFileFor(address)?.includes('..') ?? false).toBe(false);
    // What the address parser itself has resolved stays below the page's folder and is no file there.
    expect([null, 'main/main.js', 'etc/passwd.html']).toContain(pageFileFor(address));
  });

  it('come with the policy, their type and nothing to guess', () => {
    expect(headersFor('index.html')).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(headersFor('assets/a.js')).toMatchObject({ 'content-type': 'text/javascript; charset=utf-8' });
  });
});
