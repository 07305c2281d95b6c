// The worker that holds an interpreter: boots the guest from what the page hands in, with no Web API left, and answers
// frames. Must know nothing of the server, of Node or of Electron.

import { numberOf, textOf } from '../host/crossing.ts';
import type { GuestEntry } from '../host/crossing.ts';
import { createAnswering } from './answer.ts';
import { bootGuest, createTurn } from './boot-guest.ts';
import type { Turn } from './boot-guest.ts';
import type { WorkerBoot } from './page.ts';
import { stripGlobals } from './strip-globals.ts';

/** The parts of a worker's global object that are used before they are removed. */
interface WorkerGlobal {
  addEventListener(name: 'message', listener: (event: MessageEvent) => void, options: { once: boolean }): void;
  postMessage(message: unknown): void;
}

/**
 * Frees what only the boot needed. A worker cannot start a collection. Memory that is reserved and released, and never
 * touched, makes the engine begin one: 430 MB stay resident instead of 730.
 */
async function collectGarbage(turn: Turn): Promise<void> {
  const RESERVED_BYTES = 128 << 20;
  for (let time = 0; time < 8; time++) {
    void new ArrayBuffer(RESERVED_BYTES);
    await turn();
  }
}

interface Booted {
  readonly turn: Turn;
  readonly serve: () => void;
}

/** @returns null when it did not boot, which it has already reported */
async function boot({ data, ports: [port] }: MessageEvent, evaluateGuest: () => unknown): Promise<Booted | null> {
  const { contents, request, maxResultBytes } = data as WorkerBoot;
  const bootStart = performance.now();
  const now = performance.now.bind(performance);
  const answering = createAnswering(port!, maxResultBytes);
  const turn = createTurn();
  const seed = crypto.getRandomValues(new Uint8Array(32));
  try {
    stripGlobals();
    const guest = evaluateGuest() as GuestEntry;
    const why = await bootGuest(guest, { contents, request, seed, turn });
    if (why === null) {
      answering.ready({
        ready: true,
        bootMs: Math.round(now() - bootStart),
        python: textOf(guest.python(), 20),
        heapBytes: numberOf(guest.heapBytes()),
        fromImage: 'snapshot.json' in contents,
      });
      return { turn, serve: () => answering.start(guest) };
    }
    answering.bootFailed(why);
  } catch (error) {
    answering.bootFailed(String(error));
  }
  return null;
}

/** Not in the function that boots: while that function waits, it holds the message and with it the whole image. */
async function serveOnce(booted: Promise<Booted | null>): Promise<void> {
  const { turn, serve } = (await booted) ?? {};
  if (!turn || !serve) return;
  await collectGarbage(turn);
  serve();
}

/**
 * @param evaluateGuest evaluates guest.js in this realm; called once, when none of the browser's globals are left in it
 */
export function main(evaluateGuest: () => unknown): void {
  const worker = globalThis as unknown as WorkerGlobal;
  worker.addEventListener('message', (event) => void serveOnce(boot(event, evaluateGuest)), { once: true });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's has none: it goes to the page that made it
  worker.postMessage('loaded');
}
