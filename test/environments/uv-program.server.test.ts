// Getting uv: from the index in use, checked by its checksum, for each kind of computer.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { uvProgram } from '../../src-main/environments/uv-program.ts';
import { UV_VERSION, uvWheelFor } from '../../src-main/environments/uv-wheels.ts';
import { complaintIn, uvEnvironment } from '../../src-main/environments/uv-run.ts';
import { openIndex } from '../../src-main/packages/index/index-access.ts';
import { silentProgress } from '../../src-main/packages/progress.ts';
import { startIndex } from '../packages/support/tiny-wheels.ts';
import { zipOf } from '../packages/support/wheels.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const fileName = `uv-${UV_VERSION}-py3-none-any.whl`;
const bytes = zipOf({ [`uv-${UV_VERSION}.data/scripts/uv`]: Buffer.from('#!/bin/sh\necho uv\n') });
const sha256 = createHash('sha256').update(bytes).digest('hex');

async function world(offered = bytes) {
  const index = await startIndex({ name: 'uv', version: UV_VERSION, fileName, bytes: offered, sha256, metadata: '' });
  onTestFinished(() => index.close());
  const dir = temporaryFolder();
  const get = (wheel = { fileName, sha256, bytes: bytes.length }, signal = new AbortController().signal) =>
    uvProgram(
      {
        dir,
        wheel,
        platform: 'linux',
        openIndex: () =>
          openIndex(
            { index: index.url, proxy: '' },
            {
              env: {},
              pip: () => Promise.resolve({ index: null, proxy: null, certificates: null }),
              usual: () => Promise.resolve(null),
            },
          ),
      },
      silentProgress,
      signal,
    );
  return { index, dir, get };
}

describe('uv', () => {
  it.each([false, true])('is fetched once, and runs (pages in HTML: %s)', async (isHtml) => {
    const { index, dir, get } = await world();
    index.isHtml = isHtml;
    const program = await get();
    expect(readFileSync(program, 'utf8')).toContain('echo uv');
    if (process.platform !== 'win32') expect(statSync(program).mode & 0o111).toBe(0o111);
    const asked = index.asked.length;
    expect(await get()).toBe(program);
    expect(index.asked).toHaveLength(asked);
    expect(readdirSync(dir).filter((name) => name.endsWith('.whl'))).toEqual([]);
  });

  it('is not used when its checksum is another one', async () => {
    const { dir, get } = await world(zipOf({ evil: Buffer.from('x') }));
    await expect(get()).rejects.toThrow(/could not be fetched .*is not the file it should be/);
    expect(existsSync(path.join(dir, 'wheels', fileName))).toBe(false);
  });

  it('that the index does not offer is told of, with what to do', async () => {
    const { index, get } = await world();
    await expect(get({ fileName: 'uv-0-py3-none-any.whl', sha256, bytes: 1 })).rejects.toThrow(
      /does not offer uv-0-py3-none-any\.whl\. Check the proxy and the index under Settings/,
    );
    index.instead = (_request, response) => {
      response.writeHead(503).end();
      return true;
    };
    await expect(get()).rejects.toThrow('answered 503');
  });

  it.each([
    ['linux', 'x64', true, 'manylinux'],
    ['linux', 'x64', false, 'musllinux_1_1_x86_64'],
    ['linux', 'arm64', true, 'aarch64'],
    ['linux', 'arm64', false, 'musllinux_1_1_aarch64'],
    ['darwin', 'arm64', false, 'macosx_11_0_arm64'],
    ['darwin', 'x64', false, 'macosx_10_12_x86_64'],
    ['win32', 'x64', false, 'win_amd64'],
    ['win32', 'arm64', false, 'win_arm64'],
  ])('has a wheel for %s %s', (platform, arch, isGlibc, tag) => {
    expect(uvWheelFor(platform, arch, isGlibc)!.fileName).toContain(tag);
  });

  it('has none for other computers', () => {
    expect(uvWheelFor('linux', 'ia32', true)).toBeNull();
    expect(uvWheelFor('freebsd', 'x64', true)).toBeNull();
  });

  it('gets the index, the proxy and the certificates of packages, and no settings of its own', () => {
    const env = { HOME: '/home/ana', UV_INDEX: 'https://other.example', https_proxy: 'http://a:1', SECRET: 'x' };
    const index = 'https://ana:pw@index.example/simple';
    expect(uvEnvironment({ index, proxy: '', certificates: '/ca.pem', env }, '/cache')).toMatchObject({
      HOME: '/home/ana',
      https_proxy: 'http://a:1',
      UV_DEFAULT_INDEX: index,
      SSL_CERT_FILE: '/ca.pem',
      UV_PYTHON_DOWNLOADS: 'never',
    });
    const plain = uvEnvironment({ index: null, proxy: 'http://b:2', certificates: null, env }, '/cache');
    expect(plain).toMatchObject({ HTTPS_PROXY: 'http://b:2', HTTP_PROXY: 'http://b:2', UV_SYSTEM_CERTS: '1' });
    expect(Object.keys(plain)).not.toEqual(expect.arrayContaining(['UV_INDEX']));
    expect(plain).not.toHaveProperty('https_proxy');
    expect(plain).not.toHaveProperty('SECRET');
  });

  it('is quoted without its drawing when it fails', () => {
    const printed =
      'Using Python 3.11.7 environment at: x\n  × No solution found:\n  ╰─▶ Because a was not found,\n      it fails.\n';
    expect(complaintIn(printed)).toBe('uv could not do this: No solution found: Because a was not found, it fails.');
    expect(complaintIn('')).toBe('uv could not do this: it ended without a word');
  });
});
