// The bytes that a request of a case becomes, seen by a server that only listens to a socket.

import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HttpRequest } from './case-form.ts';
import { headerOf } from './answer.ts';
import { send } from './http-request.ts';
import type { Target } from './http-request.ts';

type Answering = (heard: string, socket: Socket) => void;
const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: "x"\r\n\r\nhi';

/** A server that calls `answering` with all that it heard on a connection, each time that more comes. */
async function listening(answering: Answering): Promise<{ readonly target: Target; readonly heard: () => string }> {
  let heard = '';
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (part) => {
      heard += part.toString('latin1');
      answering(heard, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { target: { port, certificate: null, user: null }, heard: () => heard.replaceAll(String(port), 'PORT') };
}

const post = (more: Partial<HttpRequest> = {}): HttpRequest => ({ method: 'POST', path: '/a?b', ...more });
/** Answers once all of a body is there. */
const afterBody =
  (end: string): Answering =>
  (heard, socket) => {
    if (heard.endsWith(end)) socket.end(OK);
  };

describe('a request of a case', () => {
  it('is sent as it is written, with no header but Host and the length', async () => {
    const { target, heard } = await listening(afterBody('{"a": 1}'));
    const answer = await send(target, post({ json: { a: 1n }, headers: { 'Content-Type': 'text/x', b: 'c' } }));
    expect(heard()).toBe(
      'POST /a?b HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: text/x\r\nb: c\r\nContent-Length: 8\r\n\r\n{"a": 1}',
    );
    expect(answer).toMatchObject({ status: 200, body: Buffer.from('hi') });
    expect(headerOf(answer, 'etag')).toBe('"x"');
  });

  it('without a body says so where a body could be', async () => {
    const { target, heard } = await listening(afterBody('\r\n\r\n'));
    await send(target, post());
    await send(target, { method: 'GET', path: '/' });
    expect(heard()).toBe(
      'POST /a?b HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 0\r\n\r\nGET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n\r\n',
    );
  });

  it('signs in as the user of its group, unless it says otherwise', async () => {
    const { target, heard } = await listening(afterBody('\r\n\r\n'));
    const signedIn: Target = { ...target, user: ['ann', 'secret'] };
    await send(signedIn, post());
    await send(signedIn, post({ auth: ['bob', 'x:y'] }));
    await send(signedIn, post({ auth: null }));
    await send(signedIn, post({ headers: { Authorization: 'Bearer 1' } }));
    expect(heard().match(/(?<=Authorization: ).*(?=\r)|POST/g)).toEqual([
      'POST',
      `Basic ${btoa('ann:secret')}`,
      'POST',
      `Basic ${btoa('bob:x:y')}`,
      'POST',
      'POST',
      'Bearer 1',
    ]);
  });

  it('can be sent in chunks, and as HTTP/1.0', async () => {
    const chunked = await listening(afterBody('0\r\n\r\n'));
    await send(chunked.target, post({ text: 'abcd', chunked: true }));
    expect(chunked.heard()).toMatch(
      /\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n1\r\nc\r\n1\r\nd\r\n0\r\n\r\n$/,
    );
    const old = await listening(afterBody('abcd'));
    expect(await send(old.target, post({ text: 'abcd', version: '1.0' }))).toMatchObject({
      status: 200,
      body: Buffer.from('hi'),
    });
    expect(old.heard()).toMatch(/^POST \/a\?b HTTP\/1\.0\r\nHost: 127\.0\.0\.1:PORT\r\n/);
  });

  it('keeps its body when the server answers before it', async () => {
    const { target, heard } = await listening((_, socket) => void socket.end(OK));
    expect(await send(target, post({ text: 'abcd', wait_before_body: 60 }))).toMatchObject({ status: 200 });
    expect(heard()).not.toContain('abcd');
  });

  it('sends its body when the server asks for it, or says nothing', async () => {
    const asking = await listening((heard, socket) => {
      if (heard.endsWith('abcd')) socket.end(OK);
      else socket.write('HTTP/1.1 100 Continue\r\n\r\n');
    });
    const headers = { Expect: '100-continue' };
    const asked = await send(asking.target, post({ text: 'abcd', headers, wait_before_body: 60 }));
    expect(asked.elapsedSeconds).toBeLessThan(30);
    const silent = await listening(afterBody('abcd'));
    expect(await send(silent.target, post({ text: 'abcd', wait_before_body: 0.05 }))).toMatchObject({ status: 200 });
  });

  it.each([
    ['at once', ''],
    ['in the middle of an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhi'],
    ['after no HTTP', 'SSH-2.0\r\n'],
  ])('says that the connection was closed %s', async (_, text) => {
    const { target } = await listening((_heard, socket) => void socket.end(text));
    expect(await send(target, post())).toMatchObject({ status: 'closed', note: expect.stringMatching(/./) as string });
    expect(await send(target, post({ version: '1.0' }))).toMatchObject(
      text.startsWith('HTTP') ? { status: 200 } : { status: 'closed' },
    );
  });
});
