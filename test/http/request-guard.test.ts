import { describe, expect, it } from 'vitest';
import { guardRulesOf, refusalByGuard } from '../../src-main/http/request-guard.ts';
import { DEFAULT_SETTINGS } from '../../src-shared/settings.ts';
import type { GuardRules, Knock } from '../../src-main/http/request-guard.ts';

const RULES: GuardRules = { allowedHosts: ['tableau.local'], allowedOrigins: ['https://trusted.example'] };
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64)';
const statusOf = (knock: Partial<Knock>): number | null =>
  refusalByGuard(
    { host: 'localhost:9004', origin: undefined, fetchSite: undefined, userAgent: undefined, ...knock },
    RULES,
  )?.status ?? null;

describe('the door', () => {
  it.each(['localhost:9004', 'localhost', '127.0.0.1:9004', '[::1]:9004', 'LOCALHOST:9004', 'Tableau.local:9004'])(
    'lets in who calls it %s',
    (host) => {
      expect(statusOf({ host })).toBeNull();
    },
  );

  it.each([
    'evil.example',
    'evil.example:9004',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.5:9004',
    '',
    ':9004',
    'localhost:',
    'localhost:80a',
    'localhost.',
    'localhost.:9004',
    'evil.example@localhost',
    'localhost@evil.example',
    'localhost:80@evil.example',
    'localhost, evil.example',
    'localhost evil.example',
    'localhost/evil.example',
    'localhost#evil.example',
    'lоcalhost',
    '[::1%25eth0]:9004',
    '[::ffff:127.0.0.1]',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0.0.0.0:9004',
  ])('refuses who calls it %j', (host) => {
    expect(statusOf({ host })).toBe(403);
  });

  it('lets in a program of HTTP/1.0, which says no name', () => {
    expect(statusOf({ host: undefined })).toBeNull();
  });

  it.each(['cross-site', 'same-site'])('refuses a page that its browser calls %s', (fetchSite) => {
    expect(statusOf({ fetchSite, userAgent: BROWSER })).toBe(403);
  });

  it.each(['same-origin', 'none'])('lets in a page that its browser calls %s', (fetchSite) => {
    expect(statusOf({ fetchSite, origin: 'http://localhost:9004', userAgent: BROWSER })).toBeNull();
  });

  it('refuses a page of another origin in a browser that says nothing else', () => {
    expect(statusOf({ origin: 'http://evil.example', userAgent: BROWSER })).toBe(403);
    expect(statusOf({ origin: 'null', userAgent: BROWSER })).toBe(403);
  });

  it.each(['Same-Origin', 'same-origin, cross-site', 'cross-site, same-origin', 'nonsense', ''])(
    'refuses a page whose browser calls it %j, for no browser does',
    (fetchSite) => {
      expect(statusOf({ fetchSite, userAgent: BROWSER })).toBe(403);
    },
  );

  it.each(['http://localhost', 'http://127.0.0.1:9004', 'http://localhost:3000', 'http://localhost:9004.evil.example'])(
    'refuses a page of %s, another place than the one it calls',
    (origin) => {
      expect(statusOf({ origin, userAgent: BROWSER })).toBe(403);
    },
  );

  it('lets in a program that says an origin, as TabPy does', () => {
    expect(statusOf({ origin: 'http://example.com', userAgent: 'python-requests/2.32' })).toBeNull();
  });

  it('lets in a page that was allowed', () => {
    expect(statusOf({ origin: 'https://trusted.example', fetchSite: 'cross-site', userAgent: BROWSER })).toBeNull();
  });

  it('refuses an allowed page under a name that is not ours', () => {
    expect(statusOf({ origin: 'https://trusted.example', host: 'evil.example' })).toBe(403);
  });
});

describe('the names under which the server may be called', () => {
  it('are those of the settings and the addresses that were opened on purpose, but no wildcard', () => {
    const rules = guardRulesOf({
      ...DEFAULT_SETTINGS,
      hosts: ['10.0.0.5', '0.0.0.0', 'FD00::5', '::'],
      allowedHosts: ['Tableau.Local', 'fd00::6', '[fd00::7]'],
    });
    expect(rules.allowedHosts).toEqual(['tableau.local', '[fd00::6]', '[fd00::7]', '10.0.0.5', '[fd00::5]']);
  });
});
