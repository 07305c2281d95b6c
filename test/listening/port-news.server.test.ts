import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lookAtPort, tabpyAt, tryPort } from '../../src-main/listening/port-news.ts';
import { startApp } from '../http/support/test-server.ts';

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const answering =
  (text: string): RequestListener =>
  (_request, response) =>
    void response.end(text);

describe('what is known of a port', () => {
  it('is who holds it, what answers there, and the next free one', async () => {
    const { port } = await startApp();
    const news = await lookAtPort(port);
    expect(news.answersLike).toBe('TabPy 2.16.0+test');
    expect(news.freePort).toBeGreaterThan(port);
    expect(await tryPort(news.freePort!)).toBe('free');
    if (process.platform === 'linux') expect(news.holder?.pid).toBe(process.pid);
  });

  it('is TabPy’s version, or ours', async () => {
    const info = (version: string): string => JSON.stringify({ server_version: version, versions: { v1: {} } });
    expect(await tabpyAt(await portOf(createServer(answering(info('2.16.0')))))).toBe('TabPy 2.16.0');
    expect(await tabpyAt(await portOf(createServer(answering(info('2.16.0+tray.0.1.0')))))).toBe('TabPy Tray 0.1.0');
  });

  it.each(['hello', '{}', '[1]', 'null', '{"versions": {}}', 'x'.repeat(1_000_000)])(
    'is no TabPy where the answer is %#',
    async (text) => {
      expect(await tabpyAt(await portOf(createServer(answering(text))))).toBeNull();
    },
  );

  it('is no TabPy where nobody answers, or somebody hangs up', async () => {
    const mute = await portOf(createSocketServer((socket) => socket.on('error', () => undefined).destroy()));
    expect(await tabpyAt(mute)).toBeNull();
    const gone = await portOf(createServer());
    expect(await tryPort(gone)).toBe('EADDRINUSE');
  });
});
