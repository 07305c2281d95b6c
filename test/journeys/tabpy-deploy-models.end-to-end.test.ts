// TabPy's own command for its models against this server, with sign-in and HTTPS as in TabPy's integration tests: its client
// writes pickles of another Python to the disk, which are built anew here.

import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { hasOpenssl, makeCertificate } from '../support/certificates.ts';
import { pythonTool } from '../support/python-env.ts';
import { startServer } from '../support/running-server.ts';
import { passwordFile, signedInUser } from '../support/signed-in-user.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const [USER, PASSWORD] = signedInUser;

it.skipIf(!hasOpenssl)(
  'deploys TabPy’s models by TabPy’s own command, over HTTPS and with sign-in',
  async () => {
    const folder = temporaryFolder();
    const { certificateFile, keyFile } = makeCertificate(folder);
    const https = [
      `TABPY_PWD_FILE = ${passwordFile}`,
      'TABPY_TRANSFER_PROTOCOL = https',
      `TABPY_CERTIFICATE_FILE = ${certificateFile}`,
      `TABPY_KEY_FILE = ${keyFile}`,
    ];
    const config = path.join(folder, 'tabpy.conf');
    writeFileSync(config, ['[TabPy]', ...https].join('\n'));
    const server = await startServer({ args: ['--config', config] });
    onTestFinished(async () => void (await server.stop()));

    // Its command reads the port from the file; the server took a free one.
    writeFileSync(config, ['[TabPy]', `TABPY_PORT = ${server.port}`, ...https].join('\n'));
    const printed = await deployWith(config, certificateFile);
    for (const name of ['PCA', 'Sentiment Analysis', 'ttest', 'anova'])
      expect(printed).toContain(`Successfully deployed ${name}`);

    const ask = (where: string, body?: unknown) => askAt(server.port, readFileSync(certificateFile), where, body);
    expect((await ask('/endpoints/PCA')).status).toBe(200);
    expect((await ask('/endpoints/Sentiment%20Analysis')).status).toBe(200);
    const data = { _arg1: ['happy', 'sad', 'neutral'] };
    const script = "return tabpy.query('Sentiment Analysis',_arg1)['response']";
    expect(await ask('/evaluate', { data, script })).toEqual({ status: 200, body: [0.5719, -0.4767, 0] });
    const compared = await ask('/query/anova', {
      data: [
        [1, 2, 3],
        [2, 3, 4],
        [7, 8, 9],
      ],
    });
    expect(compared).toMatchObject({ status: 200, body: { response: expect.closeTo(0.000_686_95, 6) as number } });
  },
  180_000,
);

/** What `tabpy-deploy-models` prints, with the credentials at its input. */
function deployWith(config: string, certificateFile: string): Promise<string> {
  const bin = path.dirname(pythonTool('python'));
  const child = spawn(pythonTool('tabpy-deploy-models'), [config], {
    // It starts python3 for each model.
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH']}`, REQUESTS_CA_BUNDLE: certificateFile },
  });
  child.stdin.end(`${USER}\n${PASSWORD}\n`);
  return new Promise((resolve) => {
    let output = '';
    child.stdout.on('data', (part: Buffer) => (output += part.toString()));
    child.stderr.on('data', (part: Buffer) => (output += part.toString()));
    child.once('close', () => resolve(output));
  });
}

function askAt(port: number, ca: Buffer, where: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const outgoing = request(
      { host: 'localhost', port, path: where, method, ca, auth: `${USER}:${PASSWORD}`, agent: false },
      (answer) => {
        let text = '';
        answer.on('data', (part: Buffer) => (text += part.toString()));
        answer.once('end', () => resolve({ status: answer.statusCode!, body: JSON.parse(text) as unknown }));
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
