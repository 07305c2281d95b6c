// Reads a package index: pages of the simple API (PEP 691, PEP 503) and metadata of wheels (PEP 658), within limits.
// Must not decide what is chosen.

import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { PipSettings } from './pip-config.ts';
import { reasonOf } from '../store/source.ts';
import { metadataIn } from '../added/wheel-check.ts';
import { pipRoutes } from '../web/pip-routes.ts';
import { openWeb } from '../web/web.ts';
import type { Web, WebAnswer } from '../web/web.ts';
import { MOST_METADATA_BYTES } from '../../../src-shared/limits.ts';

export interface IndexWishes {
  /** The index to use, with name and password where it needs them; empty: the index that pip uses, else PyPI. */
  readonly index: string;
  readonly proxy: string;
}

/** A page of the index, or why it is missing. */
export interface ProjectPage {
  readonly kind: 'project';
  readonly name: string;
  /** Null: the index has no such package, or `fault` tells why that is unknown. */
  readonly text: string | null;
  readonly contentType: string;
  readonly url: string;
  readonly fault: string | null;
}

/** A wheel as listed by the index. */
export interface OfferedWheel {
  readonly fileName: string;
  readonly url: string;
  readonly sha256: string;
  readonly hasMetadata: boolean;
}

export interface IndexAccess {
  /** The index's name for people. */
  readonly host: string;
  /** Whether a file may be fetched from there: an https index may not name an address without https. */
  allows(url: string): boolean;
  /** Rejects only when it is stopped, never for an answer of the index. */
  page(name: string, signal: AbortSignal): Promise<ProjectPage>;
  /**
   * METADATA of a wheel: from the file beside it where that exists, else from the wheel. Rejects when it is not
   * available.
   */
  metadata(wheel: OfferedWheel, signal: AbortSignal): Promise<string>;
  readonly web: Web;
}

const ACCEPT = 'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1';
const ANSWER_MS = 20_000;
const WHOLE_MS = 120_000;
/** Three times the longest page of PyPI. */
const MOST_PAGE_BYTES = 60_000_000;
const MOST_WHEEL_BYTES = 100_000_000;

export interface IndexDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The index that pip would use. */
  readonly pip: () => Promise<PipSettings>;
  /** PyPI's own address; null when it is unknown here. */
  readonly usual: () => Promise<string | null>;
}

/** The index in effect: from the settings, from pip, or PyPI. Rejects when its address is not valid. */
export async function openIndex(wishes: IndexWishes, { env, pip, usual }: IndexDeps): Promise<IndexAccess> {
  const ofPip = await pip();
  const index = wishes.index || ofPip.index || (await usual());
  if (!index) throw new Error('No package index is set. Enter one under Settings ▸ Package index.');
  const address = addressOf(index);
  const routes = await pipRoutes(wishes.proxy, { pip: ofPip, env });
  const web = await openWeb({ ...routes, authorization: address.authorization });
  const { host } = new URL(address.base);

  /** The whole answer of one address. */
  const read = async (
    url: string,
    how: { readonly headers?: Readonly<Record<string, string>>; readonly signal: AbortSignal; readonly most: number },
  ): Promise<{ readonly answer: WebAnswer; readonly bytes: Buffer }> => {
    const { headers = {}, signal, most } = how;
    const silence = AbortSignal.timeout(ANSWER_MS);
    const whole = AbortSignal.timeout(WHOLE_MS);
    const answer = await web
      .open(url, { headers, signal: AbortSignal.any([signal, silence, whole]) })
      .catch((error: unknown) => {
        if (silence.aborted && !signal.aborted) throw new Error(`no answer within ${ANSWER_MS / 1000} s`);
        throw error;
      });
    return { answer, bytes: await bytesOf(answer.body, most) };
  };

  return {
    host,
    web,
    allows: (url) => URL.canParse(url) && isAsSafeAs(new URL(url), new URL(address.base)),
    async page(name, signal) {
      const empty = { kind: 'project', name, text: null, contentType: '', url: '', fault: null } as const;
      try {
        const { answer, bytes } = await read(`${address.base}${name}/`, {
          headers: { accept: ACCEPT },
          signal,
          most: MOST_PAGE_BYTES,
        });
        const { status, url } = answer;
        if (status === 404) return empty;
        if (status !== 200) return { ...empty, fault: `${host} answered ${status}` };
        const contentType = answer.header('content-type') ?? '';
        return { ...empty, text: bytes.toString('utf8'), contentType, url };
      } catch (error) {
        if (signal.aborted) throw error;
        return { ...empty, fault: `${host} cannot be reached (${reasonOf(error)})` };
      }
    },
    async metadata({ fileName, url, sha256, hasMetadata }, signal) {
      if (hasMetadata) {
        const { answer, bytes } = await read(`${url}.metadata`, { signal, most: MOST_METADATA_BYTES });
        if (answer.status === 200) return bytes.toString('utf8');
      }
      const { answer, bytes } = await read(url, { signal, most: MOST_WHEEL_BYTES });
      if (answer.status !== 200) throw new Error(`${new URL(url).host} answered ${answer.status} for ${fileName}`);
      if (createHash('sha256').update(bytes).digest('hex') !== sha256)
        throw new Error(`${fileName} is not the file that the index named (SHA-256)`);
      return metadataIn(bytes, fileName);
    },
  };
}

interface IndexAddress {
  /** With a slash at its end, without name and password. */
  readonly base: string;
  readonly authorization: { readonly origin: string; readonly value: string } | null;
}

function addressOf(text: string): IndexAddress {
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new Error(
      'The address of the package index is not valid. Correct it under Settings ▸ Package index, or in the settings of pip.',
    );
  }
  const { username, password } = url;
  [url.username, url.password] = ['', ''];
  const value = `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
  return {
    base: url.href.endsWith('/') ? url.href : `${url.href}/`,
    authorization: username === '' ? null : { origin: url.origin, value },
  };
}

function isAsSafeAs(url: URL, index: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && index.protocol === 'http:');
}

/** Stops: an answer without end. */
async function bytesOf(body: Readable, most: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += (part as Buffer).length;
    if (bytes > most) throw new Error(`it sends more than ${Math.round(most / 1e6)} MB`);
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts, bytes);
}
