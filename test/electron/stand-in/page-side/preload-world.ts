// The world of the preload script: `require('electron')` with ipcRenderer and contextBridge, and the line to the program. Must not know the product.

import { fromWire, toWire } from '../wire-value.ts';
import type { FromPage, ToPage } from '../page-messages.ts';
import type { Exposed } from './main-world.ts';
import { pageBase64 } from './page-base64.ts';
import { createWorldLine } from './world-line.ts';

type Listener = (event: object, ...values: unknown[]) => void;
type Callable = (...values: unknown[]) => unknown;

const realm = globalThis as unknown as {
  standInSay?: (text: string) => void;
  standInHear?: (part: string, isLast: boolean) => void;
};

/**
 * @param secret the line's name to the page's world
 * @param preload the preload script as a CommonJS function; null when the window has none
 */
export function startPreloadWorld(secret: string, preload: ((require: Callable) => void) | null): void {
  if (window.top !== window) return;
  const say = realm.standInSay!;
  delete realm.standInSay;
  const tell = (message: FromPage): void => say(JSON.stringify(message));
  const wired = (value: unknown): unknown => toWire(value, pageBase64);
  const plain = (wire: unknown): unknown => fromWire(wire, pageBase64);

  const asked = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Map<string, Set<Listener>>();
  const ports = new Map<number, MessagePort>();
  let lastId = 0;

  /** A port of the program's, as a real one of the page's whose other end is relayed. */
  const portOf = (id: number): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    port2.addEventListener('message', ({ data }) => tell({ kind: 'port', port: id, wire: wired(data) }));
    port2.start();
    ports.set(id, port2);
    return port1;
  };
  const hear = (message: ToPage): void => {
    switch (message.kind) {
      case 'result':
        asked.get(message.id)?.resolve(plain(message.wire));
        asked.delete(message.id);
        return;
      case 'failure':
        asked.get(message.id)?.reject(new Error(message.message));
        asked.delete(message.id);
        return;
      case 'event': {
        const event = { sender: ipcRenderer, ports: message.ports.map(portOf) };
        const values = plain(message.wire) as unknown[];
        for (const listener of listeners.get(message.channel) ?? []) listener(event, ...values);
        return;
      }
      case 'port':
        ports.get(message.port)?.postMessage(plain(message.wire));
        return;
      case 'port-closed':
        ports.get(message.port)?.close();
        ports.delete(message.port);
    }
  };
  let parts: string[] = [];
  realm.standInHear = (part, isLast) => {
    parts.push(part);
    if (!isLast) return;
    const text = parts.join('');
    parts = [];
    hear(JSON.parse(text) as ToPage);
  };

  const add = (channel: string, listener: Listener): void => {
    const known = listeners.get(channel) ?? new Set();
    listeners.set(channel, known.add(listener));
  };
  const remove = (channel: string, listener: Listener): void => void listeners.get(channel)?.delete(listener);
  const ipcRenderer = {
    invoke(channel: string, ...values: unknown[]): Promise<unknown> {
      lastId += 1;
      const answer = Promise.withResolvers<unknown>();
      asked.set(lastId, answer);
      tell({ kind: 'invoke', id: lastId, channel, wire: wired(values) });
      return answer.promise;
    },
    send: (channel: string, ...values: unknown[]) => tell({ kind: 'send', channel, wire: wired(values) }),
    on: add,
    addListener: add,
    once(channel: string, listener: Listener): void {
      const once: Listener = (event, ...values) => {
        remove(channel, once);
        listener(event, ...values);
      };
      add(channel, once);
    },
    off: remove,
    removeListener: remove,
    removeAllListeners: (channel: string) => void listeners.delete(channel),
  };
  const electron = { ipcRenderer, contextBridge: contextBridgeOver(secret) };
  preload?.((name) => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${String(name)}`);
  });
}

/** `contextBridge`: functions are called across the line, promises are awaited across it, values are cloned. */
function contextBridgeOver(secret: string): { exposeInMainWorld(name: string, api: unknown): void } {
  const functions = new Map<number, Callable>();
  let lastId = 0;
  const describe = (value: unknown): Exposed => {
    if (typeof value === 'function') {
      lastId += 1;
      functions.set(lastId, value as Callable);
      return { kind: 'function', id: lastId };
    }
    const isPlain =
      typeof value === 'object' && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value));
    if (isPlain)
      return { kind: 'object', entries: Object.entries(value).map(([name, one]) => [name, describe(one)] as const) };
    return { kind: 'value', wire: toWire(value, pageBase64) };
  };
  const line = createWorldLine(secret, 'preload', (message) => {
    const { call, id, values } = message as {
      readonly call: number;
      readonly id: number;
      readonly values: readonly { readonly wire?: unknown; readonly callback?: number }[];
    };
    const given = values.map(({ wire, callback }) =>
      callback === undefined
        ? fromWire(wire, pageBase64)
        : (...back: unknown[]) => void line.ask({ kind: 'callback', id: callback, wire: toWire(back, pageBase64) }),
    );
    try {
      const answer = functions.get(id)?.(...given);
      if (typeof answer === 'function') return { exposed: describe(answer) };
      if (!(answer instanceof Promise)) return { wire: toWire(answer, pageBase64) };
      answer.then(
        (value: unknown) => line.ask({ kind: 'settle', id: call, wire: toWire(value, pageBase64) }),
        (error: unknown) => line.ask({ kind: 'settle', id: call, failure: (error as Error).message }),
      );
      return { isPromise: true };
    } catch (error) {
      return { failure: (error as Error).message };
    }
  });
  return { exposeInMainWorld: (name, api) => void line.ask({ kind: 'expose', name, exposed: describe(api) }) };
}
