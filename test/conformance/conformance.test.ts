// What a real TabPy 2.16 answers, recorded: each group runs against a fresh server.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { placements } from '../support/placements.ts';
import { hasOpenssl, makeCertificate } from '../support/certificates.ts';
import { pythonTool } from '../support/python-env.ts';
import { startServer } from '../support/running-server.ts';
import type { ServerOptions } from '../support/running-server.ts';
import { sharedFolder } from '../support/shared-folder.ts';

const runner = path.join(sharedFolder, 'conformance/run.py');

/** Runs a group of cases with the real TabPy client against a fresh server; answers what it printed, line by line. */
async function linesOf(
  group: string,
  options: ServerOptions,
  more: readonly string[] = [],
): Promise<readonly string[]> {
  const server = await startServer(options);
  try {
    return await new Promise((resolve) => {
      const child = spawn(pythonTool('python'), [
        runner,
        '--base',
        options.env?.['TABPY_TRANSFER_PROTOCOL'] === 'https' ? server.url.replace('http:', 'https:') : server.url,
        '--group',
        group,
        '--lacks',
        'nltk,textblob',
        ...more,
      ]);
      let output = '';
      child.stdout.on('data', (part: Buffer) => (output += part.toString()));
      child.stderr.on('data', (part: Buffer) => (output += part.toString()));
      child.once('close', () => resolve(output.trim().split('\n')));
    });
  } finally {
    await server.stop();
  }
}

const allPass = [expect.stringMatching(/^[1-9]\d* passed, 0 failed$/)];

describe.skipIf(!existsSync(runner))('answers what TabPy 2.16 answers', () => {
  it.each(placements())(
    'with default settings and Python $name',
    async ({ program }) => {
      expect(await linesOf('default', { program })).toEqual(allPass);
    },
    240_000,
  );
  it.each(placements())(
    'where TabPy itself dies, with Python $name',
    async ({ program }) => {
      expect(await linesOf('fatal', { program })).toEqual(allPass);
    },
    120_000,
  );
  it('as one Python that everybody shares', async () => {
    expect(await linesOf('default', { args: ['--isolation', 'shared'] })).toEqual(allPass);
  }, 240_000);
  it('with scripts switched off', async () => {
    expect(await linesOf('evaluate-off', { env: { TABPY_EVALUATE_ENABLE: 'false' } })).toEqual(allPass);
  });
  it('with a time-out of three seconds', async () => {
    expect(await linesOf('timeout', { env: { TABPY_EVALUATE_TIMEOUT: '3' } })).toEqual(allPass);
  }, 120_000);
  it('with requests of at most one megabyte', async () => {
    expect(await linesOf('max-size', { env: { TABPY_MAX_REQUEST_SIZE_MB: '1' } })).toEqual(allPass);
  });
  it('with gzip switched off', async () => {
    expect(await linesOf('gzip-off', { env: { TABPY_GZIP_ENABLE: 'false' } })).toEqual(allPass);
  });
  it('with sign-in', async () => {
    const env = { TABPY_PWD_FILE: path.join(sharedFolder, 'conformance/pwdfile.txt') };
    expect(await linesOf('auth', { env }, ['--user', 'user1', '--password', 'P@ssw0rd'])).toEqual(allPass);
  });
  it('with a state.ini that lets a web page in', async () => {
    const statePath = await mkdtemp(path.join(tmpdir(), 'tabpy-tray-state-'));
    await copyFile(path.join(sharedFolder, 'conformance/state-cors.ini'), path.join(statePath, 'state.ini'));
    expect(await linesOf('cors', { env: { TABPY_STATE_PATH: statePath } })).toEqual(allPass);
    await rm(statePath, { recursive: true, force: true });
  });
  it.skipIf(!hasOpenssl)('over HTTPS', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'tabpy-tray-tls-'));
    const { certificateFile, keyFile } = makeCertificate(folder);
    const env = {
      TABPY_TRANSFER_PROTOCOL: 'https',
      TABPY_CERTIFICATE_FILE: certificateFile,
      TABPY_KEY_FILE: keyFile,
    };
    expect(await linesOf('tls', { env }, ['--cacert', certificateFile])).toEqual(allPass);
    await rm(folder, { recursive: true, force: true });
  });

  it('after a restart on the same folder', async () => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'tabpy-tray-persist-'));
    try {
      expect(await linesOf('persist-deploy', { dataDir })).toEqual(allPass);
      expect(await linesOf('persist-check', { dataDir })).toEqual(allPass);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  }, 120_000);
});

describe('the recorded answers', () => {
  it('are beside the project', () => {
    if (!existsSync(runner))
      console.warn(`SKIPPED: no conformance cases at ${runner}; set TABPY_TRAY_SHARED to the folder that holds them`);
    expect(existsSync(runner) || process.env['CI'] === undefined).toBe(true);
  });
});
