import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { holderOf } from '../../src-main/listening/port-holder.ts';

async function listenOn(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

describe.skipIf(process.platform !== 'linux')('who holds a port', () => {
  it.each(['127.0.0.1', '0.0.0.0', '::'])('is found when it is this program, on %s', async (host) => {
    const holder = await holderOf(await listenOn(host));
    expect(holder).toEqual({ pid: process.pid, name: path.basename(process.execPath) });
  });

  it('is nobody when nobody listens there', async () => {
    expect(await holderOf(1)).toBeNull();
  });
});
