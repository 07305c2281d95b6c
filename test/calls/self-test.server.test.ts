import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../src-shared/service-state.ts';
import { DEFAULT_SETTINGS } from '../../src-shared/settings.ts';
import type { SelfTestStep } from '../../src-shared/self-test.ts';
import { createOwnPort } from '../../src-main/listening/ask-info.ts';
import { selfTest } from '../../src-main/calls/self-test.ts';
import type { SelfTestDeps } from '../../src-main/calls/self-test.ts';
import { hasOpenssl, makeCertificate } from '../support/certificates.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { startApp } from '../http/support/test-server.ts';

const address: Address = { protocol: 'http', hosts: ['127.0.0.1', '::1'], port: 9004, since: 0 };

function findings(more: Partial<SelfTestDeps> = {}): Promise<readonly SelfTestStep[]> {
  return selfTest({
    state: () => ({ kind: 'running', address }),
    settings: () => DEFAULT_SETTINGS,
    askInfo: () => Promise.resolve({ kind: 'answered', status: 200, elapsedMs: 1.25, isOurs: true }),
    resolve: () => Promise.resolve(['::1', '127.0.0.1']),
    probe: () => Promise.resolve(200),
    readCertificate: () => Promise.reject(new Error('no such file')),
    environment: {},
    ...more,
  });
}
const refused = (host: string) => (_: Address, asked: string) =>
  Promise.resolve(
    asked === host
      ? ({ kind: 'failed', code: 'ECONNREFUSED' } as const)
      : ({ kind: 'answered', status: 200, elapsedMs: 1, isOurs: true } as const),
  );
const textOf = (steps: readonly SelfTestStep[], about: SelfTestStep['about']): readonly string[] =>
  steps.filter((one) => one.about === about).map(({ outcome, text }) => `${outcome}: ${text}`);

describe('testing the own connection', () => {
  it('says what was found when all is well', async () => {
    expect((await findings()).map(({ outcome, text }) => `${outcome}: ${text}`)).toEqual([
      'good: The server listens on 127.0.0.1 and ::1, port 9004.',
      'good: The name localhost stands for ::1, then 127.0.0.1.',
      'good: The server answers at ::1 in 1.3 ms.',
      'good: The server answers at 127.0.0.1 in 1.3 ms.',
      "good: Python answers Tableau's test calculation.",
    ]);
  });

  it('says that the server does not listen, and why', async () => {
    const [stopped] = await findings({ state: () => ({ kind: 'stopped' }) });
    expect(stopped).toMatchObject({ outcome: 'bad', text: 'Stopped. Start the server.' });
    const state = { kind: 'port-conflict', port: 9004, holder: null, answersLike: null, freePort: 9005 } as const;
    expect((await findings({ state: () => state }))[0]?.text).toContain('Port 9004 is in use by another program');
  });

  it('names the address of localhost on which the server does not listen', async () => {
    const only: Address = { ...address, hosts: ['127.0.0.1'] };
    const steps = await findings({ state: () => ({ kind: 'running', address: only }), askInfo: refused('::1') });
    expect(textOf(steps, 'address')[0]).toBe(
      'bad: ::1 port 9004 does not answer (ECONNREFUSED). The server does not listen at this address. Add ::1 under Settings ▸ Addresses, or enter 127.0.0.1 in Tableau.',
    );
  });

  it('tells another program at an address that Tableau tries first', async () => {
    const askOf: SelfTestDeps['askInfo'] = (_, host) =>
      Promise.resolve({ kind: 'answered', status: 200, elapsedMs: 1, isOurs: host !== '::1' });
    const only: Address = { ...address, hosts: ['127.0.0.1'] };
    const steps = await findings({ state: () => ({ kind: 'running', address: only }), askInfo: askOf });
    expect(textOf(steps, 'address')).toEqual([
      'bad: Another program answers at ::1, port 9004. Stop that program, or enter 127.0.0.1 in Tableau.',
      'good: The server answers at 127.0.0.1 in 1.0 ms.',
    ]);
  });

  it('suspects another program where the server listens and does not answer', async () => {
    expect(textOf(await findings({ askInfo: refused('127.0.0.1') }), 'address')[1]).toContain('such as a firewall');
  });

  it('takes no offence at a computer without IPv6', async () => {
    const askOf: SelfTestDeps['askInfo'] = (_, host) =>
      Promise.resolve(
        host === '::1'
          ? { kind: 'failed', code: 'EADDRNOTAVAIL' }
          : { kind: 'answered', status: 200, elapsedMs: 1, isOurs: true },
      );
    const steps = await findings({ askInfo: askOf, resolve: () => Promise.resolve(['127.0.0.1']) });
    expect(textOf(steps, 'address')).toEqual(['good: The server answers at 127.0.0.1 in 1.0 ms.']);
  });

  it('tells a name localhost that means nothing', async () => {
    const steps = await findings({ resolve: () => Promise.reject(new Error('ENOTFOUND')) });
    expect(textOf(steps, 'name')).toEqual([
      'bad: This computer does not know the name localhost. Enter 127.0.0.1 as the server in Tableau.',
    ]);
  });

  it('tells a proxy that would be asked for localhost', async () => {
    const proxied = await findings({ environment: { https_proxy: 'http://proxy:3128' } });
    expect(textOf(proxied, 'proxy')[0]).toMatch(/^note: .*NO_PROXY/);
    const spared = await findings({
      environment: { HTTP_PROXY: 'http://proxy:3128', no_proxy: 'a.example, localhost' },
    });
    expect(textOf(spared, 'proxy')[0]).toMatch(/^good: /);
  });

  it('never tells what a proxy variable holds: it may carry a password', async () => {
    const steps = await findings({ environment: { HTTP_PROXY: 'http://ana:secret@proxy:3128' } });
    expect(JSON.stringify(steps)).not.toContain('secret');
  });

  it.skipIf(!hasOpenssl)('looks at the certificate when the server speaks https', async () => {
    const state = { kind: 'running', address: { ...address, protocol: 'https' } } as const;
    const { certificateFile } = makeCertificate(temporaryFolder());
    const readCertificate = (): Promise<string> => readFile(certificateFile, 'utf8');
    const steps = await findings({ state: () => state, readCertificate });
    expect(textOf(steps, 'certificate')).toEqual([
      'note: The certificate is self-signed. Tableau connects only if this computer trusts it.',
    ]);
    const missing = await findings({ state: () => state });
    expect(textOf(missing, 'certificate')).toEqual(['bad: The certificate cannot be read: no such file.']);
  });

  it('reminds of sign-in, and of scripts that are switched off', async () => {
    const settings = { ...DEFAULT_SETTINGS, passwordFile: '/pw.txt', evaluateEnabled: false };
    const steps = await findings({ settings: () => settings });
    expect(textOf(steps, 'sign-in')[0]).toMatch(/^note: /);
    expect(textOf(steps, 'python')[0]).toMatch(/^note: Ad-hoc scripts are switched off/);
  });

  it('says why the test calculation failed', async () => {
    expect(textOf(await findings({ probe: () => Promise.resolve(500) }), 'python')[0]).toMatch(/^bad: .*with 500/);
    const broken = await findings({ probe: () => Promise.reject(new Error('The server did not answer.')) });
    expect(textOf(broken, 'python')).toEqual(['bad: The server did not answer.']);
  });
});

describe('asking the own port', () => {
  it('gets an answer as Tableau would, and a reason where there is none', async () => {
    const own = createOwnPort();
    const server = await startApp({}, {}, (_, { headers }) => own.note(headers));
    const address = { protocol: 'http', port: server.port } as const;
    expect(await own.askInfo(address, '127.0.0.1')).toMatchObject({ kind: 'answered', status: 200, isOurs: true });
    expect(server.records[0]).toMatchObject({ path: '/info', client: 'TabPy Tray self-test' });
    expect(await own.askInfo({ ...address, port: 1 }, '127.0.0.1')).toEqual({ kind: 'failed', code: 'ECONNREFUSED' });
  });

  it('knows an answer that is another program’s', async () => {
    const { port } = await startApp();
    expect(await createOwnPort().askInfo({ protocol: 'http', port }, '127.0.0.1')).toMatchObject({ isOurs: false });
  });
});
