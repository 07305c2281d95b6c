import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { listen } from '../../src-main/listening/listen.ts';
import type { Listener } from '../../src-main/listening/listen.ts';

const hello: RequestListener = (_request, response) => void response.end('hello');
const hasIpv6 = Object.values(networkInterfaces()).some((all) => all?.some((one) => one.address === '::1'));

async function opened(handler: RequestListener, hosts: readonly string[], port = 0): Promise<Listener> {
  const listener = await listen(handler, hosts, port);
  onTestFinished(() => listener.close(0));
  return listener;
}

const textFrom = async (url: string): Promise<string> => (await fetch(url)).text();

describe('listening', () => {
  it.skipIf(!hasIpv6)('on both addresses of this computer uses one port', async () => {
    const { port, hosts } = await opened(hello, ['127.0.0.1', '::1']);
    expect(hosts).toEqual(['127.0.0.1', '::1']);
    expect(await textFrom(`http://127.0.0.1:${port}`)).toBe('hello');
    expect(await textFrom(`http://[::1]:${port}`)).toBe('hello');
  });

  it('on port 0 takes a free one', async () => {
    const [first, second] = [await opened(hello, ['127.0.0.1']), await opened(hello, ['127.0.0.1'])];
    expect(first.port).toBeGreaterThan(0);
    expect(second.port).not.toBe(first.port);
  });

  it('goes on without an address that this computer does not have, as long as another one is there', async () => {
    // 192.0.2.0/24 is for documentation: nobody has it.
    expect((await opened(hello, ['192.0.2.1', '127.0.0.1'])).hosts).toEqual(['127.0.0.1']);
    expect((await opened(hello, ['127.0.0.1', '192.0.2.1'])).hosts).toEqual(['127.0.0.1']);
    await expect(listen(hello, ['192.0.2.1'], 0)).rejects.toMatchObject({ code: 'EADDRNOTAVAIL' });
  });

  it('on a port that is taken rejects, with nothing left open', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    await expect(listen(hello, ['127.0.0.1'], port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    if (!hasIpv6) return;
    await expect(listen(hello, ['::1', '127.0.0.1'], port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expect(textFrom(`http://[::1]:${port}`)).rejects.toThrow('fetch failed');
  });
});

describe('closing', () => {
  it('lets an answer finish and takes nobody new', async () => {
    const work = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const listener = await opened(
      (_request, response) => {
        begun.resolve();
        void work.promise.then(() => response.end('done'));
      },
      ['127.0.0.1'],
    );
    const answering = textFrom(`http://127.0.0.1:${listener.port}`);
    await begun.promise;
    const closing = listener.close(60_000);
    await expect(textFrom(`http://127.0.0.1:${listener.port}`)).rejects.toThrow('fetch failed');
    work.resolve();
    expect(await answering).toBe('done');
    await closing;
  });

  it('cuts off after the grace', async () => {
    const begun = Promise.withResolvers<void>();
    const listener = await opened(() => begun.resolve(), ['127.0.0.1']);
    const answering = textFrom(`http://127.0.0.1:${listener.port}`);
    answering.catch(() => undefined);
    await begun.promise;
    await listener.close(0);
    await expect(answering).rejects.toThrow('fetch failed');
  });

  it('does not wait for connections that are merely kept open', async () => {
    const listener = await opened(hello, ['127.0.0.1']);
    const socket = connect({ port: listener.port, host: '127.0.0.1' });
    let text = '';
    socket.on('data', (part: Buffer) => (text += part.toString()));
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await vi.waitFor(() => expect(text).toContain('hello'));
    await listener.close(60_000);
    socket.destroy();
  });

  it('may be asked for twice', async () => {
    const listener = await opened(hello, ['127.0.0.1']);
    expect(await Promise.all([listener.close(0), listener.close(0)])).toHaveLength(2);
  });
});
