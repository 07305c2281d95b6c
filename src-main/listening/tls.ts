// The server's certificate and key: reads them, checks them with helpful messages, and watches for renewal.

import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Settings } from '../../src-shared/settings.ts';
import { Refusal } from '../../src-shared/refusal.ts';
import { MOST_TEXT_FILE_BYTES, readRegularFileSync } from '../disk/regular-file.ts';

export type TlsSettings = Pick<Settings, 'transferProtocol' | 'certificateFile' | 'keyFile' | 'minimumTlsVersion'>;

/** The options as Node's tls takes them. */
export interface TlsMaterial {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3';
}

/** The certificate and key; null for http. @throws Refusal `bad-certificate` */
export function readTls(settings: TlsSettings, now: Date = new Date()): TlsMaterial | null {
  if (settings.transferProtocol === 'http') return null;
  const { certificateFile, keyFile, minimumTlsVersion } = settings;
  if (certificateFile === '' || keyFile === '') {
    const missing = [
      ...(certificateFile === '' ? ['TABPY_CERTIFICATE_FILE'] : []),
      ...(keyFile === '' ? ['TABPY_KEY_FILE'] : []),
    ];
    throw new Refusal(
      'bad-certificate',
      `Error using HTTPS: The parameter(s) ${missing.join(' and ')} must be set. Name the certificate and its key, or use http.`,
    );
  }
  const cert = read(certificateFile, 'certificate');
  const key = read(keyFile, 'key');
  const certificate = certificateOf(cert, certificateFile);
  const privateKey = keyOf(key, keyFile);
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new Refusal(
      'bad-certificate',
      `The key ${keyFile} does not belong to the certificate ${certificateFile}. Name the key that it was made with.`,
    );
  }
  if (now < certificate.validFromDate) {
    throw new Refusal(
      'bad-certificate',
      `Error using HTTPS: The certificate provided is not valid until ${day(certificate.validFromDate)}. Look at this computer's clock, or name another certificate.`,
    );
  }
  if (now > certificate.validToDate) {
    throw new Refusal(
      'bad-certificate',
      `Error using HTTPS: The certificate provided expired on ${day(certificate.validToDate)}. Renew ${certificateFile}.`,
    );
  }
  return { cert, key, minVersion: minimumTlsVersion === 'TLSv1_3' ? 'TLSv1.3' : 'TLSv1.2' };
}

function read(file: string, what: string): Buffer {
  try {
    return readRegularFileSync(file, MOST_TEXT_FILE_BYTES);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Refusal(
      'bad-certificate',
      code === 'ENOENT'
        ? `The file of the ${what}, ${file}, does not exist.`
        : `The file of the ${what} cannot be read: ${message}.`,
    );
  }
}

function certificateOf(bytes: Buffer, file: string): X509Certificate {
  if (!bytes.includes('-----BEGIN'))
    throw new Refusal(
      'bad-certificate',
      `${file} is not a certificate in PEM format. Such a file begins with -----BEGIN CERTIFICATE-----.`,
    );
  try {
    return new X509Certificate(bytes);
  } catch (error) {
    throw new Refusal(
      'bad-certificate',
      `${file} cannot be read as a certificate in PEM format (${(error as Error).message}).`,
    );
  }
}

function keyOf(bytes: Buffer, file: string): KeyObject {
  try {
    return createPrivateKey(bytes);
  } catch (error) {
    const isLocked = bytes.includes('ENCRYPTED');
    throw new Refusal(
      'bad-certificate',
      isLocked
        ? `The key ${file} has a passphrase. Save it without a passphrase, readable for this user only.`
        : `${file} cannot be read as a private key in PEM format (${(error as Error).message}).`,
    );
  }
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
