// Loads a certificate again when it is renewed while the server runs.

import { unwatchFile, watchFile } from 'node:fs';
import { readTls } from './tls.ts';
import type { TlsMaterial, TlsSettings } from './tls.ts';

export interface RenewalDeps {
  readonly settings: TlsSettings;
  readonly onRenewed: (tls: TlsMaterial) => void;
  readonly log: { info(text: string): void; warn(text: string): void };
  readonly everyMs?: number;
}

// Certificates are renewed weeks before they end; a minute does not matter, and polling works on every file system.
const EVERY_MS = 60_000;

/** Watches both files. @returns a function that stops it */
export function followRenewal({ settings, onRenewed, log, everyMs = EVERY_MS }: RenewalDeps): () => void {
  const files = [settings.certificateFile, settings.keyFile];
  const look = (): void => {
    try {
      const tls = readTls(settings);
      if (tls) onRenewed(tls);
      log.info('the renewed certificate is in use');
    } catch (error) {
      // Certificate and key are two files; between their two changes they do not match. The old pair stays in use.
      log.warn(`the changed certificate is not used yet: ${(error as Error).message}`);
    }
  };
  for (const file of files) watchFile(file, { persistent: false, interval: everyMs }, look);
  return () => {
    for (const file of files) unwatchFile(file, look);
  };
}
