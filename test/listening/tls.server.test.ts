import { copyFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Refusal } from '../../src-shared/refusal.ts';
import { listen } from '../../src-main/listening/listen.ts';
import { tabpyAt } from '../../src-main/listening/port-news.ts';
import { followRenewal } from '../../src-main/listening/tls-renewal.ts';
import { readTls } from '../../src-main/listening/tls.ts';
import type { TlsSettings } from '../../src-main/listening/tls.ts';
import { hasOpenssl, makeCertificate } from '../support/certificates.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

if (!hasOpenssl)
  console.warn('SKIPPED: the tests of HTTPS; the openssl program that makes their certificates is missing');

const settingsWith = (more: Partial<TlsSettings>): TlsSettings => ({
  transferProtocol: 'https',
  certificateFile: '',
  keyFile: '',
  minimumTlsVersion: 'TLSv1_2',
  ...more,
});

/** The serial number of the certificate that a server shows, and what it answers. */
function askAt(port: number, maxVersion: 'TLSv1.2' | 'TLSv1.3' = 'TLSv1.3') {
  return new Promise<{ serial: string; text: string }>((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, path: '/info', agent: false, rejectUnauthorized: false, maxVersion },
      (answer) => {
        const serial = (answer.socket as TLSSocket).getPeerCertificate().serialNumber;
        let text = '';
        answer.on('data', (part: Buffer) => (text += part.toString()));
        answer.once('end', () => resolve({ serial, text }));
      },
    );
    outgoing.once('error', reject);
    outgoing.end();
  });
}

describe('http', () => {
  it('needs no certificate', () => {
    expect(readTls(settingsWith({ transferProtocol: 'http' }))).toBeNull();
  });
});

describe.skipIf(!hasOpenssl)('HTTPS', () => {
  it('answers with the certificate, and follows a renewed one without a restart', async () => {
    const folder = temporaryFolder();
    const files = makeCertificate(folder);
    const settings = settingsWith(files);
    const info = JSON.stringify({ server_version: '2.16.0', versions: {} });
    const listener = await listen((_request, response) => void response.end(info), ['127.0.0.1'], 0, readTls(settings));
    onTestFinished(() => listener.close(0));
    const before = await askAt(listener.port);
    expect(before.text).toBe(info);
    expect(await tabpyAt(listener.port)).toBe('TabPy 2.16.0');

    const renewed = Promise.withResolvers<void>();
    const said: string[] = [];
    const stop = followRenewal({
      settings,
      everyMs: 20,
      onRenewed(tls) {
        listener.renew(tls);
        renewed.resolve();
      },
      log: { info: (text) => void said.push(text), warn: (text) => void said.push(text) },
    });
    onTestFinished(stop);
    const fresh = makeCertificate(folder, 'fresh');
    copyFileSync(fresh.keyFile, files.keyFile);
    copyFileSync(fresh.certificateFile, files.certificateFile);
    await renewed.promise;
    expect((await askAt(listener.port)).serial).not.toBe(before.serial);
  });

  it('refuses clients with an older TLS than wanted', async () => {
    const settings = settingsWith({ ...makeCertificate(temporaryFolder()), minimumTlsVersion: 'TLSv1_3' });
    const listener = await listen((_request, response) => void response.end('x'), ['127.0.0.1'], 0, readTls(settings));
    onTestFinished(() => listener.close(0));
    await expect(askAt(listener.port, 'TLSv1.2')).rejects.toThrow(/protocol version/i);
    expect((await askAt(listener.port)).text).toBe('x');
  });

  it('says what is wrong with its files', () => {
    const folder = temporaryFolder();
    const { certificateFile, keyFile } = makeCertificate(folder);
    const other = makeCertificate(folder, 'other');
    const noPem = path.join(folder, 'no.pem');
    writeFileSync(noPem, 'hello');
    const cases: readonly [Partial<TlsSettings>, string][] = [
      [{}, 'TABPY_CERTIFICATE_FILE and TABPY_KEY_FILE must be set'],
      [{ certificateFile }, 'TABPY_KEY_FILE must be set'],
      [{ certificateFile: '/not/there', keyFile }, 'does not exist'],
      [{ certificateFile: noPem, keyFile }, 'is not a certificate in PEM format'],
      [{ certificateFile: keyFile, keyFile }, 'cannot be read as a certificate'],
      [{ certificateFile, keyFile: noPem }, 'cannot be read as a private key'],
      [{ certificateFile, keyFile: other.keyFile }, 'does not belong to the certificate'],
    ];
    for (const [files, words] of cases) {
      expect(() => readTls(settingsWith(files))).toThrow(Refusal);
      expect(() => readTls(settingsWith(files))).toThrow(words);
    }
    const files = settingsWith({ certificateFile, keyFile });
    expect(() => readTls(files, new Date('2099-01-01'))).toThrow('expired on');
    expect(() => readTls(files, new Date('2001-01-01'))).toThrow('is not valid until');
  });
});
