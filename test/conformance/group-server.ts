// The server of a group of cases, with what the cases need beside it.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeCertificate } from '../support/certificates.ts';
import { startServer } from '../support/running-server.ts';
import type { ServerOptions } from '../support/running-server.ts';
import { passwordFile, signedInUser } from '../support/signed-in-user.ts';
import { casesFolder, recording } from './case-files.ts';
import { startClient } from './client-process.ts';
import type { ClientProcess } from './client-process.ts';
import { baseOf, send } from './http-request.ts';
import type { Target } from './http-request.ts';
import { isObject } from './python-json.ts';
import { createRunCase } from './run-case.ts';
import type { RunCase } from './run-case.ts';

interface Start {
  readonly options: ServerOptions;
  readonly user?: Target['user'];
  readonly certificateFile?: string;
}

/** What the server of a group needs; a folder of its own is there for files. Groups that are not here need nothing. */
const STARTS: Readonly<Record<string, (folder: string) => Start | Promise<Start>>> = {
  'evaluate-off': () => ({ options: { env: { TABPY_EVALUATE_ENABLE: 'false' } } }),
  timeout: () => ({ options: { env: { TABPY_EVALUATE_TIMEOUT: '3' } } }),
  'max-size': () => ({ options: { env: { TABPY_MAX_REQUEST_SIZE_MB: '1' } } }),
  'gzip-off': () => ({ options: { env: { TABPY_GZIP_ENABLE: 'false' } } }),
  auth: () => ({ options: { env: { TABPY_PWD_FILE: passwordFile } }, user: signedInUser }),
  cors: async (folder) => {
    await copyFile(path.join(casesFolder, 'state-cors.ini'), path.join(folder, 'state.ini'));
    return { options: { env: { TABPY_STATE_PATH: folder } } };
  },
  tls: (folder) => {
    const { certificateFile, keyFile } = makeCertificate(folder);
    const files = { TABPY_CERTIFICATE_FILE: certificateFile, TABPY_KEY_FILE: keyFile };
    return { options: { env: { TABPY_TRANSFER_PROTOCOL: 'https', ...files } }, certificateFile };
  },
};

export interface GroupServer {
  readonly runCase: RunCase;
  stop(): Promise<void>;
}

/** Starts a server for a group. Rejects when TabPy's models cannot be deployed to a group that is about them. */
export async function startGroupServer(group: string, more: ServerOptions = {}): Promise<GroupServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tabpy-tray-conformance-'));
  const { options, user = null, certificateFile = null } = (await STARTS[group]?.(folder)) ?? { options: {} };
  const server = await startServer({ ...options, ...more });
  const client = startClient(certificateFile);
  const certificate = certificateFile === null ? null : readFileSync(certificateFile);
  const target: Target = { port: server.port, certificate, user };
  const stop = async (): Promise<void> => {
    client.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await deployModels(group, target, client);
  } catch (error) {
    await stop();
    throw error;
  }
  return { runCase: createRunCase({ target, client, fixtures: recording.fixtures }), stop };
}

async function deployModels(group: string, target: Target, client: ClientProcess): Promise<void> {
  for (const model of recording.groups[group]?.models ?? []) {
    const outcome = await client.call({
      base: baseOf(target),
      user: target.user,
      call: { op: 'model_script', ...model },
    });
    const script = isObject(outcome) ? outcome['returns'] : undefined;
    if (typeof script !== 'string') throw new Error(`${model.file} could not be read`);
    const answer = await send(target, { method: 'POST', path: '/evaluate', json: { data: {}, script } });
    if (answer.status !== 200) throw new Error(`${model.name} could not be deployed: ${answer.body.toString()}`);
  }
}
