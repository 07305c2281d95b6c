// Updates against electron-updater itself and a feed on this computer; only Electron's way to the network is replaced by
// Node's, since there is no Electron here.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import path from 'node:path';
import electronUpdater from 'electron-updater';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createUpdates } from '../../src-main/shell/updates.ts';
import type { Updater, Updates, UpdatesDeps, UpdateState } from '../../src-main/shell/updates.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const PROGRAM = Buffer.from('the new program');
const sha512 = (bytes: Buffer): string => createHash('sha512').update(bytes).digest('base64');
const feedOf = (version: string, bytes: Buffer): string => `version: ${version}
files:
  - url: tabpy-tray-${version}.AppImage
    sha512: ${sha512(bytes)}
    size: ${bytes.length}
path: tabpy-tray-${version}.AppImage
sha512: ${sha512(bytes)}
releaseDate: '2026-11-24T00:00:00.000Z'
`;

interface Feed {
  readonly url: string;
  readonly asked: { readonly path: string; readonly stagingId: string | undefined }[];
}

async function serve(files: Readonly<Record<string, string | Buffer>>): Promise<Feed> {
  const asked: Feed['asked'] = [];
  const server = createServer((question, response) => {
    const file = new URL(question.url!, 'http://x').pathname;
    asked.push({ path: file, stagingId: question.headers['x-user-staging-id'] as string | undefined });
    const body = files[file];
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** electron-updater for AppImages of version 0.1.0, told to look at the feed. */
function updaterAt(url: string, folder: string): Updater {
  const { ElectronHttpExecutor } = createRequire(import.meta.url)('electron-updater/out/electronHttpExecutor') as {
    ElectronHttpExecutor: new () => object;
  };
  const httpExecutor = Object.assign(new ElectronHttpExecutor(), { createRequest: request });
  const config = path.join(folder, 'app-update.yml');
  writeFileSync(config, `provider: generic\nurl: ${url}\nupdaterCacheDirName: tabpy-tray-updater\n`);
  const app = {
    version: '0.1.0',
    name: 'TabPy Tray',
    isPackaged: true,
    appUpdateConfigPath: config,
    userDataPath: folder,
    baseCachePath: path.join(folder, 'cache'),
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined,
  };
  const updater = new electronUpdater.AppImageUpdater(null, app);
  return Object.assign(updater, { httpExecutor });
}

describe.runIf(process.platform === 'linux')('updates', () => {
  let folder: string;
  let isOn: boolean;
  let states: UpdateState[];
  let loads: number;
  const updatesFrom = (url: string, more: Partial<UpdatesDeps> = {}): Updates => {
    const updates = createUpdates({
      loadUpdater: () => {
        loads += 1;
        return Promise.resolve(updaterAt(url, folder));
      },
      hasFeed: true,
      isOn: () => isOn,
      lastLook: { read: () => null, keep: () => undefined },
      onState: (state) => states.push(state),
      log: { info: () => undefined, warn: () => undefined },
      ...more,
    });
    onTestFinished(() => updates.stop());
    return updates;
  };
  beforeEach(() => {
    folder = temporaryFolder();
    // What electron-updater asks of the place it runs in: the file that it would replace.
    mkdirSync(path.join(folder, 'home'));
    process.env['APPIMAGE'] = path.join(folder, 'home/tabpy-tray.AppImage');
    onTestFinished(() => void delete process.env['APPIMAGE']);
    isOn = true;
    states = [];
    loads = 0;
  });

  it('load nothing and ask nobody while the setting is off', async () => {
    const { url, asked } = await serve({});
    isOn = false;
    const updates = updatesFrom(url);
    updates.refresh();
    expect(updates.state()).toEqual({ kind: 'off' });
    expect([loads, asked]).toEqual([0, []]);
  });

  it('say that this is the newest version', async () => {
    const { url } = await serve({ '/latest-linux.yml': feedOf('0.1.0', PROGRAM) });
    const updates = updatesFrom(url);
    updates.refresh();
    await updates.look();
    expect(states).toEqual([{ kind: 'waiting' }, { kind: 'looking' }, { kind: 'current' }]);
  });

  it('name a newer version, and fetch it only on the word', async () => {
    const { url, asked } = await serve({
      '/latest-linux.yml': feedOf('0.2.0', PROGRAM),
      '/tabpy-tray-0.2.0.AppImage': PROGRAM,
    });
    const updates = updatesFrom(url);
    await updates.look();
    expect(updates.state()).toEqual({ kind: 'available', version: '0.2.0' });
    expect(asked.map((one) => one.path)).toEqual(['/latest-linux.yml']);

    expect(updates.install()).toBe(false);
    await updates.fetch();
    expect(updates.state()).toEqual({ kind: 'ready', version: '0.2.0' });
  });

  it('tell the feed nothing by which it could know this installation again', async () => {
    const { url, asked } = await serve({ '/latest-linux.yml': feedOf('0.1.0', PROGRAM) });
    await updatesFrom(url).look();
    expect(asked.map((one) => one.stagingId)).toEqual(['none']);
  });

  it('refuse a program that is not the one of the feed', async () => {
    const { url } = await serve({
      '/latest-linux.yml': feedOf('0.2.0', PROGRAM),
      '/tabpy-tray-0.2.0.AppImage': Buffer.from('THE new program'),
    });
    const updates = updatesFrom(url);
    await updates.look();
    await updates.fetch();
    expect(states).toContainEqual({ kind: 'failed', why: expect.stringContaining('sha512') as string });
    expect(updates.state()).toEqual({ kind: 'available', version: '0.2.0' });
    expect(updates.install()).toBe(false);
    expect(existsSync(path.join(folder, 'cache/tabpy-tray-updater/pending/tabpy-tray-0.2.0.AppImage'))).toBe(false);
  });

  it('say in a line why a feed cannot be read', async () => {
    const { url } = await serve({});
    const updates = updatesFrom(url);
    await updates.look();
    expect(updates.state()).toMatchObject({ kind: 'failed' });
    expect((updates.state() as { why: string }).why).not.toContain('\n');
  });

  it('say so when this build knows no feed, and ask nobody', async () => {
    const updates = updatesFrom('http://127.0.0.1:9', { hasFeed: false });
    await updates.look();
    expect(updates.state()).toMatchObject({
      kind: 'failed',
      why: expect.stringContaining('cannot look for newer versions') as string,
    });
    expect(loads).toBe(0);
  });

  it('keep when it was looked, even when the feed failed', async () => {
    const kept: number[] = [];
    const { url } = await serve({});
    await updatesFrom(url, { lastLook: { read: () => null, keep: (at) => kept.push(at) } }).look();
    expect(kept).toHaveLength(1);
  });
});
