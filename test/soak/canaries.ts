// What an attack would have to touch to have got out: a secret file, an empty folder, two listeners, a bystander. Must not attack.

import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { homedir } from 'node:os';
import path from 'node:path';
import { canConnect, portOf } from '../support/loopback.ts';
import { unusedPort } from '../support/unused-port.ts';

export interface Canaries {
  /** An attack's text with its placeholders filled. */
  fill(text: string, name: string): string;
  /** What an answer tells that it must not. */
  leakIn(text: string): string | null;
  /** What was touched since the start. */
  touched(): Promise<readonly string[]>;
  close(): void;
}

const SECRET = 'CANARY-SOAK-91d2e4';

export async function createCanaries(): Promise<Canaries> {
  const folder = mkdtempSync(path.join(homedir(), '.tabpy-tray-soak-'));
  const out = path.join(folder, 'out');
  mkdirSync(out);
  writeFileSync(path.join(folder, 'secret.txt'), SECRET);
  let hits = 0;
  const listener = await listening(() => (hits += 1));
  const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
  const unused = await unusedPort();

  return {
    fill: (text, name) =>
      text
        .replaceAll('@@SECRET_FILE@@', path.join(folder, 'secret.txt'))
        .replaceAll('@@SECRET_DIR@@', folder)
        .replaceAll('@@OUT@@', out)
        .replaceAll('@@NAME@@', name)
        .replaceAll('@@HTTP@@', String(portOf(listener)))
        .replaceAll('@@TCP@@', String(portOf(listener)))
        .replaceAll('@@LISTEN@@', String(unused))
        .replaceAll('@@VICTIM@@', String(bystander.pid))
        .replaceAll('@@NEXTID@@', '1'),
    leakIn: (text) =>
      text.includes(SECRET) ? 'the secret file' : text.includes('JSEXEC:42') ? 'JavaScript ran' : null,
    async touched() {
      const found: string[] = [];
      const files = readdirSync(out);
      if (files.length > 0) found.push(`files were written: ${files.join(', ')}`);
      if (hits > 0) found.push(`a listener was called ${hits} times`);
      if (bystander.exitCode !== null || bystander.signalCode !== null) found.push('another process was ended');
      if (await canConnect(unused)) found.push(`somebody listens on port ${unused}`);
      return found;
    },
    close() {
      bystander.kill('SIGKILL');
      listener.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listening(onCall: () => void): Promise<Server> {
  const server = createServer((socket) => {
    onCall();
    socket.destroy();
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}
