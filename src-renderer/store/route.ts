// Address of a screen and of a detail in it, such as `#requests/errors`. Must not know what screens look like.

import { useSyncExternalStore } from 'react';
import { SCREENS } from '../../src-shared/ipc.ts';
import type { Screen } from '../../src-shared/ipc.ts';

export interface Route {
  readonly screen: Screen;
  /** What the screen shows first, such as a function's name. */
  readonly detail: string | null;
}

/** The route of a hash. An unknown one leads to Home. */
export function routeOf(hash: string): Route {
  const [name = '', ...rest] = hash.replace(/^#/, '').split('/');
  const screen = SCREENS.find((one) => one === name);
  if (screen === undefined) return { screen: 'home', detail: null };
  return { screen, detail: rest.length > 0 ? decoded(rest.join('/')) : null };
}

export function hashOf(screen: Screen, detail?: string): string {
  return detail === undefined ? `#${screen}` : `#${screen}/${encodeURIComponent(detail)}`;
}

export function goTo(screen: Screen, detail?: string): void {
  window.location.hash = hashOf(screen, detail);
}

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(subscribe, () => window.location.hash));
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
