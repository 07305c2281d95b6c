// Real wheels of a few lines, made in the test, and an index on loopback that offers them. Must not know who fetches.

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { zipOf } from './wheels.ts';

export interface TinyWheel {
  readonly name: string;
  readonly version: string;
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly metadata: string;
}

export interface WheelWish {
  readonly version?: string;
  /** Path to text; `NAME.py` with its version unless said otherwise. */
  readonly files?: Readonly<Record<string, string>>;
  /** Requires-Dist. */
  readonly requires?: readonly string[];
  readonly tag?: string;
  /** Path to content, put in without a word in RECORD. */
  readonly unrecorded?: Readonly<Record<string, string>>;
}

/** A wheel whose parts fit each other. */
export function tinyWheel(name: string, wish: WheelWish = {}): TinyWheel {
  const { version = '1.0', requires = [], tag = 'py3-none-any', unrecorded = {} } = wish;
  const module = name.replaceAll('-', '_');
  const { files = { [`${module}.py`]: `__version__ = '${version}'\n` } } = wish;
  const info = `${module}-${version}.dist-info`;
  const metadata = [
    'Metadata-Version: 2.1',
    `Name: ${name}`,
    `Version: ${version}`,
    ...requires.map((one) => `Requires-Dist: ${one}`),
    '',
  ].join('\n');
  const contents: Record<string, Buffer> = Object.fromEntries(
    Object.entries({
      ...files,
      [`${info}/METADATA`]: metadata,
      [`${info}/WHEEL`]: `Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: ${tag}\n`,
    }).map(([path, text]) => [path, Buffer.from(text)]),
  );
  const record = Object.entries(contents).map(
    ([path, content]) => `${path},sha256=${createHash('sha256').update(content).digest('base64url')},${content.length}`,
  );
  const bytes = zipOf({
    ...contents,
    ...Object.fromEntries(Object.entries(unrecorded).map(([path, text]) => [path, Buffer.from(text)])),
    [`${info}/RECORD`]: Buffer.from(`${record.join('\n')}\n${info}/RECORD,,\n`),
  });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name, version, fileName: `${module}-${version}-${tag}.whl`, bytes, sha256, metadata };
}

export interface FakeIndex {
  /** As a setting would have it. */
  readonly url: string;
  /** Paths that were asked for, in order. */
  readonly asked: readonly string[];
  /** Offers a wheel from now on. */
  offer(...wheels: readonly TinyWheel[]): void;
  /** Answers a request by itself, and says so; may be set by a test. */
  instead: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Whether pages are HTML as PEP 503 has them, without metadata beside the wheels; JSON (PEP 691) unless said otherwise. */
  isHtml: boolean;
  close(): Promise<void>;
}

/** Listens until it is closed. */
export async function startIndex(...wheels: readonly TinyWheel[]): Promise<FakeIndex> {
  const offered = new Map<string, TinyWheel>();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    asked.push(path);
    if (index.instead(request, response)) return;
    const file = offered.get(path.replace('/files/', '').replace(/\.metadata$/, ''));
    if (file && path.endsWith('.metadata') && !index.isHtml) return void response.end(file.metadata);
    if (file && path.startsWith('/files/') && !path.endsWith('.metadata')) {
      return void response.writeHead(200, { 'content-length': file.bytes.length }).end(file.bytes);
    }
    const name = /^\/simple\/([^/]+)\/$/.exec(path)?.[1];
    const found = [...offered.values()].filter((one) => one.name === name);
    if (found.length === 0) return void response.writeHead(404).end();
    const type = index.isHtml ? 'text/html' : 'application/vnd.pypi.simple.v1+json';
    response.writeHead(200, { 'content-type': type }).end(index.isHtml ? htmlOf(found) : jsonOf(found));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const index: FakeIndex = {
    url: `http://127.0.0.1:${port}/simple/`,
    asked,
    offer(...more) {
      for (const wheel of more) offered.set(wheel.fileName, wheel);
    },
    instead: () => false,
    isHtml: false,
    close() {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  index.offer(...wheels);
  return index;
}

function jsonOf(wheels: readonly TinyWheel[]): string {
  const files = wheels.map(({ fileName, sha256, bytes }) => ({
    filename: fileName,
    url: `../../files/${fileName}`,
    hashes: { sha256 },
    size: bytes.length,
    'core-metadata': true,
  }));
  return JSON.stringify({ meta: { 'api-version': '1.1' }, name: wheels[0]!.name, files });
}

function htmlOf(wheels: readonly TinyWheel[]): string {
  const links = wheels.map(
    ({ fileName, sha256 }) => `<a href="../../files/${fileName}#sha256=${sha256}">${fileName}</a><br>`,
  );
  return `<!doctype html><html><body>${links.join('\n')}</body></html>`;
}
