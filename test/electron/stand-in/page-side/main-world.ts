// The page's own world: puts there what the preload script exposes, before any script of the page runs. Must not know the program.

import { fromWire, toWire } from '../wire-value.ts';
import { pageBase64 } from './page-base64.ts';
import { createWorldLine } from './world-line.ts';

/** A value that the preload script exposed, with numbers where its functions were. */
export type Exposed =
  | { readonly kind: 'function'; readonly id: number }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Exposed])[] }
  | { readonly kind: 'value'; readonly wire: unknown };

/** @param secret the name of the line to the preload script's world, which no script of the page can guess */
export function startMainWorld(secret: string): void {
  if (window.top !== window) return;
  const callbacks = new Map<number, (...values: unknown[]) => unknown>();
  const promises = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;

  const argument = (value: unknown): unknown => {
    if (typeof value !== 'function') return { wire: toWire(value, pageBase64) };
    lastId += 1;
    callbacks.set(lastId, value as (...values: unknown[]) => unknown);
    return { callback: lastId };
  };
  const call = (id: number, values: readonly unknown[]): unknown => {
    lastId += 1;
    const answer = line.ask({ kind: 'call', call: lastId, id, values: values.map(argument) }) as {
      readonly wire?: unknown;
      readonly failure?: string;
      readonly exposed?: Exposed;
      readonly isPromise?: boolean;
    };
    if (answer.failure !== undefined) throw new Error(answer.failure);
    if (answer.exposed) return revive(answer.exposed);
    if (!answer.isPromise) return fromWire(answer.wire, pageBase64);
    const promise = Promise.withResolvers<unknown>();
    promises.set(lastId, promise);
    return promise.promise;
  };
  const revive = (exposed: Exposed): unknown => {
    switch (exposed.kind) {
      case 'function':
        return (...values: unknown[]) => call(exposed.id, values);
      case 'object':
        return Object.freeze(Object.fromEntries(exposed.entries.map(([name, one]) => [name, revive(one)])));
      case 'value':
        return fromWire(exposed.wire, pageBase64);
    }
  };
  const line = createWorldLine(secret, 'main', (message) => {
    const said = message as {
      readonly kind: string;
      readonly id: number;
      readonly name: string;
      readonly exposed: Exposed;
      readonly wire: unknown;
      readonly failure?: string;
    };
    switch (said.kind) {
      case 'expose':
        Object.defineProperty(window, said.name, { value: revive(said.exposed), enumerable: true });
        return null;
      case 'settle': {
        const promise = promises.get(said.id);
        promises.delete(said.id);
        if (said.failure === undefined) promise?.resolve(fromWire(said.wire, pageBase64));
        else promise?.reject(new Error(said.failure));
        return null;
      }
      default:
        callbacks.get(said.id)?.(...(fromWire(said.wire, pageBase64) as unknown[]));
        return null;
    }
  });
}
