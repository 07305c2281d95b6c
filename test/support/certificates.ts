// Certificates for tests, made by the openssl program, which is no more than a test's tool. Must not be used outside of tests.

import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

export interface TestCertificate {
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** A certificate of localhost that vouches for itself. */
export function makeCertificate(folder: string, name = 'server'): TestCertificate {
  const certificateFile = path.join(folder, `${name}.crt`);
  const keyFile = path.join(folder, `${name}.key`);
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
  execFileSync('openssl', ['req', '-x509', ...key, ...names, '-days', '30', '-out', certificateFile], {
    stdio: 'ignore',
  });
  return { certificateFile, keyFile };
}
