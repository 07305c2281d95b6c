// Hands the image's files to the guest in a worker and boots it. Must not keep the files.

import type { BootRequest } from '../guest/boot.ts';
import { memoryOf, memoryOfLength, textOf } from '../host/crossing.ts';
import type { GuestEntry } from '../host/crossing.ts';

const HEAP = 'heap.bin';
const MAX_REASON_CHARACTERS = 2_000;

/** Lets the event loop turn once; taken before the globals were removed. */
export type Turn = () => Promise<unknown>;

/** Turns of the event loop without a timer, which would be held back in a hidden page. */
export function createTurn(): Turn {
  const { port1, port2 } = new MessageChannel();
  let resolve: (value: unknown) => void = () => undefined;
  port1.addEventListener('message', (event) => resolve(event));
  port1.start();
  const post = port2.postMessage.bind(port2);
  return () => {
    const turned = new Promise((done) => (resolve = done));
    post(null);
    return turned;
  };
}

/** Frees the memory at once, because the time of the next collection is unknown. */
function free(content: ArrayBuffer): void {
  content.transfer(0);
}

function handIn(guest: GuestEntry, name: string, content: Uint8Array): void {
  const memory = memoryOfLength(guest.allocate(name, content.length), content.length);
  if (!memory) throw new Error(`the guest gave no memory for ${name}`);
  memory.set(content);
}

/** Fills Python's memory from the image, stretch by stretch. */
function fillHeap(guest: GuestEntry, heap: Uint8Array): void {
  let at = 0;
  for (let index = 0; ; index++) {
    const view = guest.heapView(index);
    if (view === null) break;
    const memory = memoryOf(view);
    if (!memory || at + memory.length > heap.length) throw new Error(`${HEAP} does not fit the memory`);
    memory.set(heap.subarray(at, at + memory.length));
    at += memory.length;
  }
  guest.heapDone();
}

export interface WorkerGuestBoot {
  readonly contents: Readonly<Record<string, ArrayBuffer>>;
  readonly request: BootRequest;
  /** 32 bytes of the browser's randomness. */
  readonly seed: Uint8Array;
  readonly turn: Turn;
}

/** @returns null when it is ready, else why it is not */
export async function bootGuest(
  guest: GuestEntry,
  { contents, request, seed, turn }: WorkerGuestBoot,
): Promise<string | null> {
  for (const [name, content] of Object.entries(contents)) {
    if (name === HEAP) continue;
    handIn(guest, name, new Uint8Array(content));
    free(content);
  }
  handIn(guest, 'seed', seed);
  guest.boot(JSON.stringify(request));
  for (;;) {
    await turn();
    const stage = guest.stage();
    if (stage === 'heap') {
      fillHeap(guest, new Uint8Array(contents[HEAP]!));
      free(contents[HEAP]!);
    }
    if (stage === 'ready') return null;
    if (stage === 'failed') return textOf(guest.why(), MAX_REASON_CHARACTERS);
  }
}
