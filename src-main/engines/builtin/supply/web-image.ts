// How an interpreter starts in a hidden window: what its page may fetch of an image, under which policies. Pure.

import { join } from 'node:path';

import type { BootRequest } from '../guest/boot.ts';
import { ADDED_IMAGE, addedFileNames, ENTRY, fileImagesOf, imageFileNames } from '../host/image-names.ts';

/** The data that the page gets with the port. */
export interface WebBoot {
  /** Files of the image, as they are named there, and their sizes. */
  readonly files: readonly (readonly [name: string, bytes: number])[];
  readonly request: BootRequest;
  /** Answers larger than this become an error. */
  readonly maxResultBytes: number;
}

export interface ServedFile {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface WebImage {
  readonly boot: WebBoot;
  /** The page's own path, to be loaded. */
  readonly page: string;
  /** The only files that exist, by path with the slash. */
  readonly served: ReadonlyMap<string, ServedFile>;
}

export interface WebImageInput {
  readonly imageDir: string;
  readonly hasSnapshot: boolean;
  readonly preimport: readonly string[];
  /** As the image's manifest has them. */
  readonly files: Readonly<Record<string, { readonly bytes: number }>>;
  readonly maxResultBytes: number;
  /** The added packages' folder and its files, likewise; null where nothing was added. */
  readonly added: { readonly dir: string; readonly files: WebImageInput['files'] } | null;
}

const HEAP = 'heap.bin';

/** Stops: everything that a page can do but fetch the image's files and start its worker. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
/** Stops: import(), importScripts, eval and Function in the worker, and every connection. WebAssembly may be compiled. */
const WORKER_POLICY = "default-src 'none'; script-src 'wasm-unsafe-eval'";

const DENIED_FEATURES = [
  'accelerometer',
  'autoplay',
  'bluetooth',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'cross-origin-isolated',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'web-share',
  'window-management',
  'xr-spatial-tracking',
];

function headersFor(type: string, policy: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': policy,
    'permissions-policy': DENIED_FEATURES.map((feature) => `${feature}=()`).join(', '),
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  };
}

/** @throws Error when the manifest lacks a file */
export function webImageOf({
  imageDir,
  hasSnapshot,
  preimport,
  files,
  maxResultBytes,
  added,
}: WebImageInput): WebImage {
  const own = [...imageFileNames(hasSnapshot, true), ...(hasSnapshot ? [HEAP] : [])];
  const names = [
    ...own.map((name) => ({ name, dir: imageDir, files })),
    ...(added === null ? [] : addedFileNames().map((name) => ({ name, ...added }))),
  ];
  const serve = (name: string, type: string, policy: string, dir = imageDir): [string, ServedFile] => [
    `/${name}`,
    { path: join(dir, name), headers: headersFor(type, policy) },
  ];
  const fileImages = added === null ? fileImagesOf(hasSnapshot) : [...fileImagesOf(hasSnapshot), ADDED_IMAGE];
  return {
    boot: {
      files: names.map(({ name, dir, files: known }) => [name, sizeOf(name, dir, known)] as const),
      request: { isMaking: false, fileImages, preimport, ...ENTRY },
      maxResultBytes,
    },
    page: '/page.html',
    served: new Map([
      serve('page.html', 'text/html; charset=utf-8', PAGE_POLICY),
      serve('page.js', 'text/javascript; charset=utf-8', PAGE_POLICY),
      serve('worker.js', 'text/javascript; charset=utf-8', WORKER_POLICY),
      ...names.map(({ name, dir }) => serve(name, 'application/octet-stream', "default-src 'none'", dir)),
    ]),
  };
}

function sizeOf(name: string, dir: string, files: WebImageInput['files']): number {
  const file = files[name];
  if (!file) throw new Error(`The Python image ${dir} has no ${name}.`);
  return file.bytes;
}
