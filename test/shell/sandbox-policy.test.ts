import { describe, expect, it } from 'vitest';
import { FORBIDDEN_SWITCHES, whyNoSandbox, whyNotSandboxed } from '../../src-main/shell/sandbox-policy.ts';
import type { SandboxFacts } from '../../src-main/shell/sandbox-policy.ts';

const desktop: SandboxFacts = {
  platform: 'linux',
  isRoot: false,
  switches: new Set(),
  isDisabledByEnvironment: false,
  hasSetuidHelper: false,
  hasUserNamespaces: true,
};
const why = (change: Partial<SandboxFacts>): string | null => whyNoSandbox({ ...desktop, ...change });

describe('Python is not started', () => {
  it.each(FORBIDDEN_SWITCHES)('with --%s, on any system', (name) => {
    for (const platform of ['linux', 'darwin', 'win32'] as const)
      expect(why({ platform, switches: new Set([name]) })).toContain(`--${name}`);
  });
  it('with ELECTRON_DISABLE_SANDBOX', () => {
    expect(why({ isDisabledByEnvironment: true })).toContain('ELECTRON_DISABLE_SANDBOX');
  });
  it('for root, whose sandbox Chromium refuses to start', () => {
    expect(why({ isRoot: true, hasSetuidHelper: true })).toContain('root');
  });
  it('where neither user namespaces nor the helper can make the sandbox', () => {
    expect(why({ hasUserNamespaces: false })).toContain('user namespaces');
    expect(why({ switches: new Set(['disable-namespace-sandbox']) })).toContain('user namespaces');
    expect(
      why({ hasUserNamespaces: false, hasSetuidHelper: true, switches: new Set(['disable-setuid-sandbox']) }),
    ).toContain('user namespaces');
  });
  it('says what to do about it', () => {
    expect(why({ hasUserNamespaces: false })).toContain('.deb package');
  });
  it('in a renderer that the system does not hold', () => {
    expect(whyNotSandboxed({ platform: 'linux', seccompMode: 0 })).toContain('sandbox');
    expect(whyNotSandboxed({ platform: 'linux', seccompMode: null })).toContain('sandbox');
    expect(whyNotSandboxed({ platform: 'other', isSandboxed: false })).toContain('sandbox');
    expect(whyNotSandboxed({ platform: 'other', isSandboxed: undefined })).toContain('sandbox');
  });
});

describe('Python is started', () => {
  it('where user namespaces are allowed, or the helper is there', () => {
    expect(why({})).toBeNull();
    expect(why({ hasUserNamespaces: false, hasSetuidHelper: true })).toBeNull();
  });
  it('on macOS and Windows, whose sandbox needs nothing of ours', () => {
    expect(why({ platform: 'darwin', hasUserNamespaces: false })).toBeNull();
    expect(why({ platform: 'win32', hasUserNamespaces: false })).toBeNull();
  });
  it('in a renderer under a filter of system calls', () => {
    expect(whyNotSandboxed({ platform: 'linux', seccompMode: 2 })).toBeNull();
    expect(whyNotSandboxed({ platform: 'other', isSandboxed: true })).toBeNull();
  });
});
