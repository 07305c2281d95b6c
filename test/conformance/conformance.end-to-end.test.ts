// What a real TabPy 2.16 answers, recorded: each group runs against a fresh server.

import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { placements } from '../support/placements.ts';
import { hasOpenssl, makeCertificate } from '../support/certificates.ts';
import { pythonTool } from '../support/python-env.ts';
import { startServer } from '../support/running-server.ts';
import type { ServerOptions } from '../support/running-server.ts';
import { sharedFolder } from '../support/shared-folder.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

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

/** How the server of a group is started, and what the runner is told besides. */
interface Setup {
  readonly options: ServerOptions;
  readonly more?: readonly string[];
}

/** Groups whose server needs no more than settings; the others have a test of their own below. */
const PLAIN: Readonly<Record<string, () => Setup>> = {
  models: () => ({ options: {} }),
  'evaluate-off': () => ({ options: { env: { TABPY_EVALUATE_ENABLE: 'false' } } }),
  timeout: () => ({ options: { env: { TABPY_EVALUATE_TIMEOUT: '3' } } }),
  'max-size': () => ({ options: { env: { TABPY_MAX_REQUEST_SIZE_MB: '1' } } }),
  'gzip-off': () => ({ options: { env: { TABPY_GZIP_ENABLE: 'false' } } }),
  auth: () => ({
    options: { env: { TABPY_PWD_FILE: path.join(sharedFolder, 'conformance/pwdfile.txt') } },
    more: ['--user', 'user1', '--password', 'P@ssw0rd'],
  }),
  cors: () => {
    const statePath = temporaryFolder();
    copyFileSync(path.join(sharedFolder, 'conformance/state-cors.ini'), path.join(statePath, 'state.ini'));
    return { options: { env: { TABPY_STATE_PATH: statePath } } };
  },
};
const OTHERS = ['default', 'fatal', 'tls', 'persist-deploy', 'persist-check'];

describe.skipIf(!existsSync(runner))('answers what TabPy 2.16 answers', () => {
  it('in every group that was recorded', () => {
    const { groups } = JSON.parse(readFileSync(path.join(sharedFolder, 'conformance/goldens.json'), 'utf8')) as {
      readonly groups: Readonly<Record<string, unknown>>;
    };
    expect([...Object.keys(PLAIN), ...OTHERS].toSorted()).toEqual(Object.keys(groups).toSorted());
  });

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
  it.each(Object.keys(PLAIN))(
    'in the group %s',
    async (group) => {
      const { options, more = [] } = PLAIN[group]!();
      expect(await linesOf(group, options, more)).toEqual(allPass);
    },
    120_000,
  );
  it.skipIf(!hasOpenssl)('over HTTPS', async () => {
    const { certificateFile, keyFile } = makeCertificate(temporaryFolder());
    const env = {
      TABPY_TRANSFER_PROTOCOL: 'https',
      TABPY_CERTIFICATE_FILE: certificateFile,
      TABPY_KEY_FILE: keyFile,
    };
    expect(await linesOf('tls', { env }, ['--cacert', certificateFile])).toEqual(allPass);
  });
  it('after a restart on the same folder', async () => {
    const dataDir = temporaryFolder();
    expect(await linesOf('persist-deploy', { dataDir })).toEqual(allPass);
    expect(await linesOf('persist-check', { dataDir })).toEqual(allPass);
  }, 120_000);
});

describe('the recorded answers', () => {
  it('are beside the project', () => {
    if (!existsSync(runner))
      console.warn(`SKIPPED: no conformance cases at ${runner}; set TABPY_TRAY_SHARED to the folder that holds them`);
    expect(existsSync(runner) || process.env['CI'] === undefined).toBe(true);
  });
});
