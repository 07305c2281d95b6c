// The worker that holds an interpreter: boots the guest from what the page hands in, with no Web API left, and answers frames.
// Must know nothing of the server, of Node or of Electron.

import { numberOf, textOf } from '../host/crossing.ts';
import type { GuestDoor } from '../host/crossing.ts';
import { createAnswering } from './answer.ts';
import { bootGuest, createTurn } from './boot-guest.ts';
import type { WorkerBoot } from './page.ts';
import { stripGlobals } from './strip-globals.ts';

/** The parts of a worker's global object that are used before they go. */
interface WorkerGlobal {
  addEventListener(name: 'message', listener: (event: MessageEvent) => void, options: { once: boolean }): void;
  postMessage(message: unknown): void;
}

async function start({ data, ports: [port] }: MessageEvent, evaluateGuest: () => unknown): Promise<void> {
  const { contents, request, maxResultBytes } = data as WorkerBoot;
  const bootStart = performance.now();
  const now = performance.now.bind(performance);
  const answering = createAnswering(port!, maxResultBytes);
  const turn = createTurn();
  const seed = crypto.getRandomValues(new Uint8Array(32));
  try {
    stripGlobals();
    const guest = evaluateGuest() as GuestDoor;
    const why = await bootGuest(guest, { contents, request, seed, turn });
    if (why !== null) return answering.bootFailed(why);
    answering.ready({
      ready: true,
      bootMs: Math.round(now() - bootStart),
      python: textOf(guest.python(), 20),
      heapBytes: numberOf(guest.heapBytes()),
      fromImage: 'snapshot.json' in contents,
    });
    answering.start(guest);
  } catch (error) {
    answering.bootFailed(String(error));
  }
}

/** @param evaluateGuest evaluates guest.js in this realm; called once, when nothing of the browser is left in it */
export function main(evaluateGuest: () => unknown): void {
  const worker = globalThis as unknown as WorkerGlobal;
  worker.addEventListener('message', (event) => void start(event, evaluateGuest), { once: true });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's has none: it goes to the page that made it
  worker.postMessage('loaded');
}
