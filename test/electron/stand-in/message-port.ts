// `MessageChannelMain` and `MessagePortMain`: a pair in this process, one of which may be handed to a page. Must not know how a page is reached.

import { EventEmitter } from 'node:events';

type Handled = 'postMessage' | 'start' | 'close';

/** Where the messages for a port that a page holds go. */
export interface FarSide {
  post(message: unknown): void;
  close(): void;
}

export class StandInPort extends EventEmitter implements Pick<Electron.MessagePortMain, Handled> {
  #peer: StandInPort | null = null;
  #far: FarSide | null = null;
  #queue: unknown[] | null = [];
  #isClosed = false;

  /** A pair whose messages reach each other. */
  static pair(): readonly [StandInPort, StandInPort] {
    const [one, other] = [new StandInPort(), new StandInPort()];
    one.#peer = other;
    other.#peer = one;
    return [one, other];
  }

  /** A page holds this port from now on: what the other one posts goes there. Answers how the page's messages come in. */
  handOver(far: FarSide): FarSide {
    this.#far = far;
    for (const message of this.#queue ?? []) far.post(message);
    this.#queue = null;
    return { post: (message) => this.#peer?.take(message), close: () => this.#peer?.disconnect() };
  }

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    if (transfer.length > 0) throw new Error('The stand-in sends no ports through ports.');
    if (!this.#isClosed) this.#peer?.take(message);
  }
  start(): void {
    const queue = this.#queue ?? [];
    this.#queue = null;
    for (const message of queue) this.#announce(message);
  }
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#peer?.disconnect();
    this.disconnect();
  }

  take(message: unknown): void {
    if (this.#far) this.#far.post(message);
    else if (this.#queue) this.#queue.push(message);
    else this.#announce(message);
  }
  disconnect(): void {
    if (this.#far) this.#far.close();
    else setImmediate(() => this.emit('close'));
    this.#isClosed = true;
    this.#peer = null;
  }
  #announce(message: unknown): void {
    setImmediate(() => this.emit('message', { data: message, ports: [] }));
  }
}

export class StandInChannel implements Record<keyof Electron.MessageChannelMain, unknown> {
  readonly port1: StandInPort;
  readonly port2: StandInPort;

  constructor() {
    [this.port1, this.port2] = StandInPort.pair();
  }
}
