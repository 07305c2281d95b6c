import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src-shared/refusal.ts';
import { OWN_CLIENTS } from '../../src-shared/self-test.ts';
import { createReplays } from '../../src-main/calls/replays.ts';
import { startApp } from '../http/support/test-server.ts';

describe('sending a request again', () => {
  it('reaches the server as any client does, and finds its record', async () => {
    const server = await startApp();
    const replays = createReplays();
    const address = { protocol: 'http' as const, hosts: ['127.0.0.1'], port: server.port, since: 0 };
    const sent = replays.send(
      { path: '/evaluate', body: '{"script": "return 1"}', user: 'ann', client: 'replay' },
      address,
    );
    await expect.poll(() => server.records.length).toBe(1);
    replays.note(41, { host: 'somebody else' });
    replays.note(42, server.contents[0]!.headers);
    expect(await sent).toBe(42);
    expect(server.records[0]).toMatchObject({ path: '/evaluate', client: OWN_CLIENTS.replay, user: 'ann' });
    expect(server.contents[0]!.request!.toString()).toBe('{"script": "return 1"}');
  });

  it('says that the server is stopped, or does not answer', async () => {
    const replays = createReplays();
    const request = { path: '/evaluate', body: '{}', user: null, client: 'replay' } as const;
    await expect(replays.send(request, null)).rejects.toThrow(Refusal);
    await expect(
      replays.send(request, { protocol: 'http', hosts: ['127.0.0.1'], port: 1, since: 0 }),
    ).rejects.toMatchObject({
      code: 'refused',
    });
  });
});
