// The page of a hidden window: fetches the image's files and gives them and the port to a worker. Must not look into
// what goes through the port.

import type { WebBoot } from '../supply/web-image.ts';

/** The data that the worker gets with the port. */
export interface WorkerBoot extends WebBoot {
  readonly contents: Readonly<Record<string, ArrayBuffer>>;
}

/**
 * Reads straight into the memory that the worker gets: memory that the browser collects by itself stays in this process
 * until its next collection, and an idle page has none.
 */
async function contentOf([name, bytes]: readonly [string, number]): Promise<ArrayBuffer> {
  const answer = await fetch(name);
  if (!answer.ok || !answer.body) throw new Error(`${name} was not served (${answer.status})`);
  const reader = answer.body.getReader({ mode: 'byob' });
  let buffer = new ArrayBuffer(bytes);
  for (let at = 0; at < bytes;) {
    const { value } = await reader.read(new Uint8Array(buffer, at));
    if (!value || value.length === 0) throw new Error(`${name} ended early`);
    buffer = value.buffer;
    at += value.length;
  }
  return buffer;
}

async function startWorker(): Promise<Worker> {
  const worker = new Worker('worker.js');
  await new Promise((resolve, reject) => {
    worker.addEventListener('message', resolve, { once: true });
    worker.addEventListener('error', () => reject(new Error('the worker did not start')), { once: true });
  });
  return worker;
}

async function boot(config: WebBoot, port: MessagePort): Promise<void> {
  const [worker, ...contents] = await Promise.all([startWorker(), ...config.files.map(contentOf)]);
  const handedOver: WorkerBoot = {
    ...config,
    contents: Object.fromEntries(config.files.map(([name], index) => [name, contents[index]!])),
  };
  worker.postMessage(handedOver, [port, ...contents]);
}

export function main(): void {
  const take = ({ source, data, ports: [port] }: MessageEvent): void => {
    // From the preload script, which shares this window; no other window has this value.
    if (source !== window || !port) return;
    window.removeEventListener('message', take);
    boot(data as WebBoot, port).catch((error: unknown) => port.postMessage({ bootFailed: String(error) }));
  };
  window.addEventListener('message', take);
}
